import { pageQuery, usagePageQuery, usageQuery } from "../../keys/key-request.ts";
import { adminErrors, jsonBody } from "../operation.ts";
import type { Answer, Operation, Parameter } from "../operation.ts";
import { pageMembers, toQueryParameters } from "../query.ts";

const tag = "Admin";
const access = "admin";

const id: Parameter = {
  name: "id",
  in: "path",
  description: "The id of a key.",
  schema: { type: "string" },
};

const period = {
  start: { description: "The first day, in UTC; 29 days before the last unless it is named." },
  end: { description: "The last day; today unless it is named. A period has 100 days at most." },
};

const usagePage = { ...pageMembers, limit: { ...pageMembers.limit, description: "How many keys are on a page." } };

const key: Answer = { status: 200, description: "The key.", contents: { "application/json": "Key" } };
const ofKey = [...adminErrors, 404] as const;
const withBody = [413, 415] as const;

export const adminOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/admin/keys",
    id: "createKey",
    tag,
    summary: "Makes a key",
    access,
    body: jsonBody("NewKey", {
      limits: {
        summary: "A key with limits and a budget",
        value: { name: "team-a", models: ["@cf/meta/*"], rpm: 60, max_budget: 10, budget_duration: "30d" },
      },
      plain: { summary: "A key without limits", value: { name: "ci" } },
    }),
    answer: {
      status: 201,
      description: "The key, with its secret.",
      example: {
        object: "key",
        id: "vbOF4kVvFKVq",
        name: "team-a",
        models: ["@cf/meta/*"],
        rpm: 60,
        tpm: null,
        max_parallel_requests: null,
        max_budget: 10,
        budget_duration: "30d",
        expires: null,
        metadata: {},
        blocked: false,
        spend: 0,
        budget_reset_at: "2026-12-26T12:00:00.000Z",
        created_at: "2026-11-26T12:00:00.000Z",
        updated_at: "2026-11-26T12:00:00.000Z",
        last_used_at: null,
        key: "sk-fg-vbOF4kVvFKVq-…",
      },
      contents: { "application/json": "SecretKey" },
    },
    errors: [...adminErrors, ...withBody],
  },
  {
    method: "get",
    path: "/admin/keys",
    id: "listKeys",
    tag,
    summary: "Lists keys",
    access,
    parameters: toQueryParameters(pageQuery, pageMembers),
    answer: { status: 200, description: "A page of them.", contents: { "application/json": "KeyList" } },
    errors: adminErrors,
  },
  {
    method: "get",
    path: "/admin/keys/{id}",
    id: "retrieveKey",
    tag,
    summary: "Shows a key",
    access,
    parameters: [id],
    answer: key,
    errors: ofKey,
  },
  {
    method: "post",
    path: "/admin/keys/{id}",
    id: "updateKey",
    tag,
    summary: "Changes a key",
    description: "The fields that are sent; null takes a limit away.",
    access,
    parameters: [id],
    body: jsonBody("KeyChanges", { limits: { summary: "Other limits", value: { rpm: 120, max_budget: null } } }),
    answer: key,
    errors: [...ofKey, ...withBody],
  },
  {
    method: "delete",
    path: "/admin/keys/{id}",
    id: "deleteKey",
    tag,
    summary: "Forgets a key and what it used",
    access,
    parameters: [id],
    answer: { status: 200, description: "It is gone.", contents: { "application/json": "DeletedKey" } },
    errors: ofKey,
  },
  {
    method: "post",
    path: "/admin/keys/{id}/rotate",
    id: "rotateKey",
    tag,
    summary: "Gives a key another secret",
    access,
    parameters: [id],
    body: {
      isOptional: true,
      ...jsonBody("Rotation", {
        grace: { summary: "The secret before works for an hour", value: { grace_period: "1h" } },
      }),
    },
    answer: { status: 200, description: "The key, with its secret.", contents: { "application/json": "SecretKey" } },
    errors: [...ofKey, ...withBody],
  },
  {
    method: "post",
    path: "/admin/keys/{id}/block",
    id: "blockKey",
    tag,
    summary: "Stops a key",
    access,
    parameters: [id],
    answer: key,
    errors: ofKey,
  },
  {
    method: "post",
    path: "/admin/keys/{id}/unblock",
    id: "unblockKey",
    tag,
    summary: "Lets a key go on",
    access,
    parameters: [id],
    answer: key,
    errors: ofKey,
  },
  {
    method: "get",
    path: "/admin/keys/{id}/usage",
    id: "readKeyUsage",
    tag,
    summary: "What a key used, by day and model",
    access,
    parameters: [id, ...toQueryParameters(usageQuery, period)],
    answer: { status: 200, description: "A row for each day and model.", contents: { "application/json": "KeyUsage" } },
    errors: ofKey,
  },
  {
    method: "get",
    path: "/admin/usage",
    id: "readUsage",
    tag,
    summary: "What all keys used, by key, day and model",
    access,
    parameters: toQueryParameters(usagePageQuery, { ...usagePage, ...period }),
    answer: { status: 200, description: "The rows of a page of keys.", contents: { "application/json": "UsageList" } },
    errors: adminErrors,
  },
];
