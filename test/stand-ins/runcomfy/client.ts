/** What tests of the stand-in share: one that is closed after the test, and a plain client. */
import { request } from 'undici';
import { onTestFinished } from 'vitest';
import {
  createRunComfyStandIn,
  type RunComfyOptions,
  type RunComfyStandIn,
} from '../../../playground/runcomfy/stand-in.ts';

export const TOKEN = 'rc-test-token-4711';
export const MODEL = '/models/bytedance/seedream-4-0/sequential';
export const TEXT = 'Generate 3 images of a beautiful sunset over a calm ocean.';

export async function begin(options: Partial<RunComfyOptions> = {}): Promise<RunComfyStandIn> {
  const standIn = await createRunComfyStandIn({ token: TOKEN, pictures: 'plain', ...options });
  onTestFinished(() => standIn.close());
  return standIn;
}

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: Record<string, unknown>;
}

export async function call(method: 'GET' | 'POST', url: string, body?: unknown, headers = {}): Promise<Reply> {
  const answer = await request(url, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = {};
  }
  return { status: answer.statusCode, headers: answer.headers, text, body: parsed as Record<string, unknown> };
}

export const submit = (standIn: RunComfyStandIn, body: unknown = { text: TEXT }, model = MODEL) =>
  call('POST', standIn.url + model, body);
export const about = (standIn: RunComfyStandIn, id: string, word: 'status' | 'result' | 'cancel') =>
  call(word === 'cancel' ? 'POST' : 'GET', `${standIn.url}/requests/${id}/${word}`);

export async function submitted(standIn: RunComfyStandIn, body?: unknown, model?: string): Promise<string> {
  const { body: answer } = await submit(standIn, body, model);
  return String(answer['request_id']);
}

export async function finished(
  standIn: RunComfyStandIn,
  body?: unknown,
  model?: string,
): Promise<{ id: string; urls: string[] }> {
  const id = await submitted(standIn, body, model);
  standIn.finish(id);
  return { id, urls: standIn.job(id).images };
}
