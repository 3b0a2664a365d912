import type { Operation } from "../operation.ts";

export const serviceOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/healthz",
    id: "checkHealth",
    tag: "Service",
    summary: "Tells whether the Worker runs and its configuration is valid",
    access: "none",
    answer: { status: 200, description: "It does.", contents: { "application/json": "Health" } },
    errors: [500],
  },
  {
    method: "get",
    path: "/openapi.json",
    id: "readApiDocument",
    tag: "Service",
    summary: "This document",
    access: "none",
    answer: {
      status: 200,
      description: "An OpenAPI document of version 3.1.",
      contents: { "application/json": { type: "object", required: ["openapi", "info", "paths"] } },
    },
    errors: [404, 500],
  },
];
