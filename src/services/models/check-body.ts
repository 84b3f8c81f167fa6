/** Whether a model takes a body, by its schema. Pure. */
import { createRequire } from 'node:module';
import type { Ajv as AjvClass, ErrorObject } from 'ajv';
import type { Body } from './body.ts';
import type { InputSchema } from './schema.ts';

const require = createRequire(import.meta.url);

/** What a schema has against a body. */
export interface BodyProblem {
  /** The model's field. */
  field: string;
  /** In English: "must be equal to one of the allowed values". */
  sentence: string;
}

/**
 * What a schema has against bodies: nothing, for one that its model takes. Building it takes a few milliseconds, and the first
 * one 40 more, as Ajv is loaded when it is first needed: by a start only where a model's page was kept or has been read.
 */
export function createBodyCheck(schema: InputSchema): (body: Body) => BodyProblem[] {
  const { Ajv } = require('ajv') as { Ajv: typeof AjvClass };
  // The schema was made clean: a word of the vendor's own in it is no reason to take nothing.
  const ajv = new Ajv({ strict: false, validateSchema: false, ownProperties: true, allErrors: true, logger: false });
  const validate = ajv.compile(schema);
  return (body) => (validate(body) ? [] : (validate.errors ?? []).map(problemOf));
}

function problemOf({ keyword, params, instancePath, message = 'is refused' }: ErrorObject): BodyProblem {
  if (keyword === 'required') return { field: String(params['missingProperty']), sentence: 'is missing' };
  if (keyword === 'additionalProperties') {
    return { field: String(params['additionalProperty']), sentence: 'is none of its fields' };
  }
  // A JSON pointer: "/images/0".
  const [, field = ''] = instancePath.split('/');
  return { field: field.replaceAll('~1', '/').replaceAll('~0', '~'), sentence: message };
}
