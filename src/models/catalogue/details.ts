/**
 * What is told of the models and decides nothing: the day of Workers AI's own `created_at` (where that is not public, of
 * the announcement), and what the model is, in a sentence, as its page says it. By the models' ids.
 */
export const catalogueDetails: Readonly<Record<string, readonly [published: string, description: string]>> = {
  "@cf/meta/llama-3.3-70b-instruct-fp8-fast": [
    "2024-12-06",
    "Meta's Llama 3.3 with 70 billion parameters, quantised to fp8 and served for speed.",
  ],
  "@cf/meta/llama-3.1-8b-instruct-fp8": ["2024-07-23", "Meta's Llama 3.1 with 8 billion parameters, quantised to fp8."],
  "@cf/meta/llama-3.1-8b-instruct-fast": [
    "2024-07-23",
    "Meta's Llama 3.1 with 8 billion parameters, served for speed.",
  ],
  "@cf/meta/llama-3.2-1b-instruct": [
    "2024-09-26",
    "Meta's smallest Llama 3.2, for short multilingual dialogue, retrieval and summaries.",
  ],
  "@cf/meta/llama-3.2-3b-instruct": [
    "2024-09-26",
    "Meta's Llama 3.2 with 3 billion parameters, for multilingual dialogue, retrieval and summaries.",
  ],
  "@cf/meta/llama-3.2-11b-vision-instruct": [
    "2024-09-25",
    "Meta's Llama 3.2 with 11 billion parameters, which answers questions about images.",
  ],
  "@cf/meta/llama-4-scout-17b-16e-instruct": [
    "2025-04-05",
    "Meta's Llama 4 Scout, a mixture of 16 experts that reads text and images.",
  ],
  "@cf/mistralai/mistral-small-3.1-24b-instruct": [
    "2025-03-18",
    "Mistral Small 3.1 with 24 billion parameters, for text and images in long contexts.",
  ],
  "@cf/qwen/qwen3-30b-a3b-fp8": [
    "2025-04-30",
    "Alibaba's Qwen3, a mixture of experts that reasons, follows instructions and calls tools.",
  ],
  "@cf/qwen/qwen2.5-coder-32b-instruct": [
    "2025-02-27",
    "Alibaba's Qwen2.5 Coder with 32 billion parameters, trained to write and repair code.",
  ],
  "@cf/qwen/qwq-32b": [
    "2025-03-05",
    "Alibaba's QwQ with 32 billion parameters, which thinks in its answer before it answers.",
  ],
  "@cf/ibm-granite/granite-4.0-h-micro": [
    "2025-10-07",
    "IBM's small Granite 4.0 for instructions, retrieval and function calling at the edge.",
  ],
  "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b": [
    "2025-01-22",
    "Qwen2.5 32B taught by DeepSeek-R1 to think step by step in its answer.",
  ],
  "@cf/aisingapore/gemma-sea-lion-v4-27b-it": [
    "2025-09-24",
    "AI Singapore's Gemma for the languages of South-East Asia.",
  ],
  "@cf/mistral/mistral-7b-instruct-v0.2-lora": [
    "2024-04-01",
    "Mistral's 7 billion parameter model, second version, as a base for LoRA adapters.",
  ],
  "@cf/google/gemma-2b-it-lora": [
    "2024-04-02",
    "Google's first Gemma with 2 billion parameters, as a base for LoRA adapters.",
  ],
  "@cf/google/gemma-7b-it-lora": [
    "2024-04-02",
    "Google's first Gemma with 7 billion parameters, as a base for LoRA adapters.",
  ],
  "@cf/meta-llama/llama-2-7b-chat-hf-lora": [
    "2024-04-02",
    "Meta's Llama 2 with 7 billion parameters, as a base for LoRA adapters.",
  ],
  "@cf/openai/gpt-oss-120b": [
    "2025-08-05",
    "OpenAI's larger open-weight model, for general work that needs much reasoning.",
  ],
  "@cf/openai/gpt-oss-20b": ["2025-08-05", "OpenAI's smaller open-weight model, for low latency and specialised work."],
  "@cf/google/gemma-4-26b-a4b-it": [
    "2026-04-02",
    "Google's Gemma 4, a mixture of experts with 4 billion active parameters that sees, thinks and calls tools.",
  ],
  "@cf/qwen/qwen3.8-27b": [
    "2026-08-17",
    "Alibaba's Qwen 3.8 with 27 billion parameters, for agents that read text and images.",
  ],
  "@cf/zai-org/glm-4.7-flash": [
    "2026-01-28",
    "Z.ai's fast GLM 4.7 for dialogue and tool calls over many turns in more than 100 languages.",
  ],
  "@cf/zai-org/glm-5.2": ["2026-06-15", "Z.ai's GLM 5.2 for agents that write code. Needs the Workers Paid plan."],
  "@cf/zai-org/glm-5.3": [
    "2026-08-14",
    "Z.ai's flagship for long coding work with tools in a very large context. Needs the Workers Paid plan.",
  ],
  "@cf/zai-org/glm-5.3-flash": [
    "2026-08-26",
    "Z.ai's cheaper GLM 5.3, which also reads images. Needs the Workers Paid plan.",
  ],
  "@cf/moonshotai/kimi-k2.6": [
    "2026-04-20",
    "Moonshot's Kimi K2.6 with a trillion parameters, for agents with tools and images. Needs the Workers Paid plan.",
  ],
  "@cf/moonshotai/kimi-k2.7-code": [
    "2026-06-12",
    "Moonshot's Kimi K2.7 tuned for code; it always reasons. Needs the Workers Paid plan.",
  ],
  "@cf/nvidia/nemotron-3-120b-a12b": [
    "2026-02-24",
    "NVIDIA's Nemotron 3 Super, a mixture of experts for systems of several agents.",
  ],
  "@cf/deepseek-ai/deepseek-v4-flash-0731": [
    "2026-07-31",
    "DeepSeek's fast V4 for agents in a context of a million tokens. Needs the Workers Paid plan.",
  ],
  "@cf/deepseek-ai/deepseek-v4-pro-0813": [
    "2026-08-13",
    "DeepSeek's strongest V4 for long work in many steps. Needs the Workers Paid plan.",
  ],
  "@cf/baai/bge-m3": ["2024-05-22", "BAAI's multilingual embeddings with 1024 dimensions, for texts of any length."],
  "@cf/baai/bge-small-en-v1.5": ["2023-11-07", "BAAI's small English embeddings with 384 dimensions."],
  "@cf/baai/bge-base-en-v1.5": ["2023-09-25", "BAAI's English embeddings with 768 dimensions."],
  "@cf/baai/bge-large-en-v1.5": ["2023-11-07", "BAAI's large English embeddings with 1024 dimensions."],
  "@cf/google/embeddinggemma-300m": [
    "2025-09-03",
    "Google's small embeddings for search and similarity in more than 100 languages.",
  ],
  "@cf/qwen/qwen3-embedding-0.6b": ["2025-06-18", "Alibaba's Qwen3 embeddings for queries and documents."],
  "@cf/pfnet/plamo-embedding-1b": ["2025-09-24", "Preferred Networks' embeddings of Japanese text."],
  "@cf/baai/bge-reranker-base": ["2025-02-14", "BAAI's reranker, which scores how well a document answers a query."],
  "@cf/meta/llama-guard-3-8b": [
    "2025-01-22",
    "Meta's Llama Guard 3, which says whether a conversation is safe and which hazards it touches.",
  ],
  "@cf/black-forest-labs/flux-1-schnell": [
    "2024-08-29",
    "Black Forest Labs' FLUX.1 schnell, which makes images of 1024 by 1024 pixels in a few steps.",
  ],
  "@cf/black-forest-labs/flux-2-dev": [
    "2025-11-24",
    "Black Forest Labs' FLUX.2 dev, for realistic and detailed images.",
  ],
  "@cf/black-forest-labs/flux-2-klein-4b": [
    "2026-01-14",
    "Black Forest Labs' FLUX.2 klein with 4 billion parameters, distilled to four steps.",
  ],
  "@cf/black-forest-labs/flux-2-klein-9b": [
    "2026-01-14",
    "Black Forest Labs' FLUX.2 klein with 9 billion parameters, distilled to four steps.",
  ],
  "@cf/leonardo/lucid-origin": [
    "2025-08-25",
    "Leonardo's Lucid Origin, for graphic design, renders and text in images.",
  ],
  "@cf/leonardo/phoenix-1.0": [
    "2025-08-25",
    "Leonardo's Phoenix 1.0, which follows prompts closely and writes coherent text.",
  ],
  "@cf/stabilityai/stable-diffusion-xl-base-1.0": ["2023-11-10", "Stability AI's Stable Diffusion XL, in beta."],
  "@cf/bytedance/stable-diffusion-xl-lightning": [
    "2024-02-27",
    "ByteDance's SDXL-Lightning, which needs few steps, in beta.",
  ],
  "@cf/lykon/dreamshaper-8-lcm": [
    "2024-02-27",
    "Lykon's DreamShaper, a Stable Diffusion model that is tuned for photorealism, in beta.",
  ],
  "@cf/openai/whisper-large-v3-turbo": [
    "2024-05-22",
    "OpenAI's Whisper large v3 turbo, which writes down speech in many languages and translates it.",
  ],
  "@cf/openai/whisper": ["2023-09-25", "OpenAI's Whisper, which writes down speech in many languages."],
  "@cf/openai/whisper-tiny-en": ["2024-04-22", "OpenAI's Whisper tiny, which writes down English speech, in beta."],
  "@cf/deepgram/aura-2-en": ["2025-10-09", "Deepgram's Aura 2, which speaks English at a natural pace."],
  "@cf/deepgram/aura-2-es": ["2025-10-09", "Deepgram's Aura 2, which speaks Spanish at a natural pace."],
  "@cf/deepgram/aura-1": ["2025-08-27", "Deepgram's Aura, which speaks English at a natural pace."],
  "@cf/myshell-ai/melotts": ["2024-07-19", "MyShell's MeloTTS, which speaks six languages."],
  "@cf/meta/llama-3.1-70b-instruct": ["2024-07-23", "Meta's Llama 3.1 with 70 billion parameters."],
  "@cf/moonshotai/kimi-k2.5": ["2026-02-02", "Moonshot's Kimi K2.5, for agents with tools and images."],
  "@cf/meta/llama-3.1-8b-instruct": ["2024-07-23", "Meta's Llama 3.1 with 8 billion parameters."],
  "@cf/meta/llama-3.1-8b-instruct-awq": [
    "2024-07-23",
    "Meta's Llama 3.1 with 8 billion parameters, quantised to 4 bits.",
  ],
  "@cf/meta/llama-3-8b-instruct": ["2024-04-18", "Meta's Llama 3 with 8 billion parameters."],
  "@cf/meta/llama-3-8b-instruct-awq": ["2024-04-18", "Meta's Llama 3 with 8 billion parameters, quantised to 4 bits."],
  "@hf/meta-llama/meta-llama-3-8b-instruct": [
    "2024-04-18",
    "Meta's Llama 3 with 8 billion parameters, from Hugging Face.",
  ],
  "@cf/meta/llama-2-7b-chat-int8": ["2023-09-25", "Meta's Llama 2 with 7 billion parameters, quantised to 8 bits."],
  "@cf/meta/llama-2-7b-chat-fp16": ["2023-11-07", "Meta's Llama 2 with 7 billion parameters at full precision."],
  "@cf/mistral/mistral-7b-instruct-v0.1": ["2023-11-07", "Mistral's first model with 7 billion parameters."],
  "@hf/mistral/mistral-7b-instruct-v0.2": ["2024-04-02", "Mistral's 7 billion parameter model, second version."],
  "@hf/google/gemma-7b-it": ["2024-04-02", "Google's first Gemma with 7 billion parameters."],
  "@cf/google/gemma-3-12b-it": ["2025-03-18", "Google's Gemma 3 with 12 billion parameters, for text and images."],
  "@hf/nousresearch/hermes-2-pro-mistral-7b": [
    "2024-04-02",
    "Nous Research's Hermes 2 Pro on Mistral 7B, tuned for function calls and JSON.",
  ],
  "@cf/microsoft/phi-2": ["2024-02-27", "Microsoft's Phi-2 with 2.7 billion parameters."],
  "@cf/defog/sqlcoder-7b-2": ["2024-02-27", "Defog's SQLCoder, which turns questions into SQL."],
};
