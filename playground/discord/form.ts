import type { ZodMiniType } from 'zod/mini';
import type { $ZodIssue } from 'zod/v4/core';
import { invalidForm, type FormFault, type PlacedFault } from './api-error.ts';

type Path = readonly (string | number)[];

/**
 * Parses a request body with a schema of Discord's own description.
 *
 * @throws ApiError 50035 with Discord's error tree, `at` in front of every path
 */
export function parseForm<Output>(schema: ZodMiniType<Output>, body: unknown, at: Path = []): Output {
  if (!isRecord(body)) {
    throw invalidForm([
      { path: at, code: 'MODEL_TYPE_CONVERT', message: 'Only dictionaries may be used in a ModelType' },
    ]);
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw invalidForm(parsed.error.issues.flatMap((issue) => faultsOf(issue, at, body)));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faultsOf(issue: $ZodIssue, at: Path, body: unknown): PlacedFault[] {
  const within = issue.path.map((step) => (typeof step === 'symbol' ? step.toString() : step));
  const value = within.reduce<unknown>(stepInto, body);
  const path = [...at, ...within];
  if (issue.code === 'invalid_union') {
    const branch = branchFor(issue.errors, value);
    if (branch) return branch.flatMap((inner) => faultsOf(inner, path, value));
    const choices = 'Value of field "type" must be one of the types that are allowed here.';
    const place = isRecord(value) ? [...path, 'type'] : path;
    return [{ path: place, code: 'UNION_TYPE_CHOICES', message: choices }];
  }
  return [{ path, ...faultOf(issue, value) }];
}

/** The branch of a union that was meant: the one whose `type` fits, or the one that is nearest. */
function branchFor(branches: readonly (readonly $ZodIssue[])[], value: unknown): readonly $ZodIssue[] | undefined {
  const meant = branches.filter((issues) => issues.length > 0 && !issues.some((issue) => issue.path[0] === 'type'));
  if (isRecord(value) && 'type' in value && meant.length === 0) return undefined;
  return (meant.length > 0 ? meant : branches).toSorted((one, other) => one.length - other.length)[0];
}

function stepInto(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isRecord(value) ? value[step] : undefined;
}

function faultOf(issue: $ZodIssue, value: unknown): FormFault {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined || value === null) return required;
      return wrongType(issue.expected, value);
    case 'too_big': {
      const limit = String(issue.maximum);
      return issue.origin === 'number' || issue.origin === 'int'
        ? { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${limit}.` }
        : { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${limit} or fewer in length.` };
    }
    case 'too_small': {
      const limit = String(issue.minimum);
      if (issue.origin === 'number' || issue.origin === 'int') {
        return { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${limit}.` };
      }
      if (value === '' && issue.minimum === 1) return required;
      return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${limit} or more in length.` };
    }
    case 'invalid_value': {
      if (value === undefined) return required;
      const choices = issue.values.map(String).join(', ');
      return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${choices}}.` };
    }
    case 'invalid_format':
      if (issue.format === 'url') return { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' };
      if (issue.format === 'datetime') {
        return { code: 'DATE_TYPE_PARSE', message: `Could not parse ${show(value)}. Should be ISO8601.` };
      }
      return { code: 'NUMBER_TYPE_COERCE', message: `Value "${show(value)}" is not snowflake.` };
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return { code: 'BASE_TYPE_BAD', message: issue.message };
  }
}

const required = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };

function wrongType(expected: string, value: unknown): FormFault {
  switch (expected) {
    case 'object':
    case 'record':
      return { code: 'MODEL_TYPE_CONVERT', message: 'Only dictionaries may be used in a ModelType' };
    case 'array':
      return { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' };
    case 'string':
      return { code: 'STRING_TYPE_CONVERT', message: 'Could not interpret value as string.' };
    case 'boolean':
      return { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' };
    default:
      return { code: 'NUMBER_TYPE_COERCE', message: `Value "${show(value)}" is not ${expected}.` };
  }
}

function show(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 100) : JSON.stringify(value).slice(0, 100);
}
