import type { Operation } from "../operation.ts";

const page = { "text/html": { type: "string" } };

export const serviceOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/healthz",
    id: "checkHealth",
    tag: "Service",
    summary: "Tells whether the Worker runs and its configuration is valid",
    access: "none",
    answer: {
      status: 200,
      description: "It does.",
      example: { status: "ok" },
      contents: { "application/json": "Health" },
    },
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
      contents: { "application/json": "ApiDocument" },
    },
    errors: [404, 500],
  },
  {
    method: "get",
    path: "/",
    id: "showHome",
    tag: "Service",
    summary: "The playground, or how to call this gateway as text",
    description: "A browser, which accepts HTML, gets the page; whoever else gets the text.",
    access: "none",
    answer: {
      status: 200,
      description: "The page or the text.",
      contents: { "text/plain": { type: "string" }, ...page },
    },
    errors: [500],
  },
  {
    method: "get",
    path: "/docs",
    id: "showReference",
    tag: "Service",
    summary: "A page of this document, for readers",
    access: "none",
    answer: { status: 200, description: "The page.", contents: page },
    errors: [404, 500],
  },
  {
    method: "get",
    path: "/usage",
    id: "showUsage",
    tag: "Service",
    summary: "The usage page, for the holder of the admin key",
    access: "none",
    answer: { status: 200, description: "The page.", contents: page },
    errors: [404, 500],
  },
  {
    method: "get",
    path: "/assets/{name}",
    id: "readAsset",
    tag: "Service",
    summary: "A script, style or picture of the pages",
    access: "none",
    parameters: [
      { name: "name", in: "path", description: "Its name.", schema: { type: "string" }, example: "playground.js" },
    ],
    answer: {
      status: 200,
      description: "The file.",
      contents: {
        "text/javascript": { type: "string" },
        "text/css": { type: "string" },
        "image/svg+xml": { type: "string" },
      },
    },
    errors: [404, 500],
  },
];
