/** A check of a submit's body that takes nothing but what the model's schema has. */
import type { InputSchema, Property } from './model.ts';

/** Whether a parsed JSON value is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a host is this machine: what the stand-ins serve counts as public to each other. */
const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

/** Whether a reference's address is one that the service fetches: https, without a login in it. */
function isPublicAddress(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname, username } = new URL(value);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)));
}

const TYPES: Readonly<Record<string, { is: (value: unknown) => boolean; called: string }>> = {
  string: { is: (value) => typeof value === 'string', called: 'a string' },
  integer: { is: (value) => Number.isInteger(value), called: 'an integer' },
  number: { is: (value) => Number.isFinite(value), called: 'a number' },
  float: { is: (value) => Number.isFinite(value), called: 'a number' },
  boolean: { is: (value) => typeof value === 'boolean', called: 'a boolean' },
  array: { is: Array.isArray, called: 'an array' },
};

function checkString(name: string, value: string, { minLength = 0, maxLength = Infinity, format }: Property): string[] {
  // A length counts in Unicode characters, as JSON Schema does.
  const length = Array.from(value).length;
  return [
    ...(length < minLength ? [`${name}: shorter than ${minLength} characters`] : []),
    ...(length > maxLength ? [`${name}: longer than ${maxLength} characters`] : []),
    ...(format === 'image_uri' && !isPublicAddress(value) ? [`${name}: not a public https address`] : []),
  ];
}

function checkArray(
  name: string,
  values: unknown[],
  { minItems = 0, maxItems = Infinity, format }: Property,
): string[] {
  return [
    ...(values.length < minItems ? [`${name}: fewer than ${minItems}`] : []),
    ...(values.length > maxItems ? [`${name}: more than ${maxItems}`] : []),
    ...values
      .flatMap((value, index) => (format !== 'image_uris' || isPublicAddress(value) ? [] : [index]))
      .map((index) => `${name}[${index}]: not a public https address`),
  ];
}

/** Says what is wrong with one value. */
function checkProperty(name: string, value: unknown, property: Property): string[] {
  const type = TYPES[property.type];
  if (type && !type.is(value)) return [`${name}: not ${type.called}`];
  const problems: string[] = [];
  if (property.enum !== undefined && !property.enum.some((allowed) => allowed === value)) {
    problems.push(`${name}: not one of ${property.enum.join(', ')}`);
  }
  if (typeof value === 'string') problems.push(...checkString(name, value, property));
  if (Array.isArray(value)) problems.push(...checkArray(name, value, property));
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = property;
    if (value < minimum || value > maximum) problems.push(`${name}: not from ${minimum} to ${maximum}`);
  }
  return problems;
}

/** Lists everything in which a parsed body departs from the schema; empty when it does not. */
export function checkBody(body: unknown, { required = [], properties }: InputSchema): string[] {
  if (!isObject(body)) return ['body: not an object'];
  const missing = required.filter((name) => Object.hasOwn(properties, name) && !Object.hasOwn(body, name));
  const wrong = Object.entries(body).flatMap(([name, value]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return property === undefined ? [`${name}: not a property of the input`] : checkProperty(name, value, property);
  });
  return [...missing.map((name) => `${name}: missing`), ...wrong];
}
