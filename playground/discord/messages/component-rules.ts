import type { Component } from '../request-bodies.ts';
import type { PlacedFault } from '../api-error.ts';

/** Component types by name. Source: components reference, "Component Types". */
export const componentType = {
  row: 1,
  button: 2,
  select: 3,
  textInput: 4,
  mentionable: 8,
  container: 17,
  label: 18,
  fileUpload: 19,
} as const;

const maxRows = 5;
const maxInRow = 5;
const maxComponents = 40;
const maxTextCharacters = 4000;

type Path = readonly (string | number)[];

/**
 * What is wrong with a message's components beyond their single fields: rows, what a row may hold, custom ids used twice,
 * buttons that lack what their style needs, and what only Components V2 allows. Source: components reference.
 */
export function componentFaults(components: readonly Component[], { v2 }: { v2: boolean }): PlacedFault[] {
  const faults: PlacedFault[] = [];
  const fault = (path: Path, code: string, message: string): void => void faults.push({ path, code, message });
  const every = flatten(components, ['components']);
  if (!v2) {
    if (components.length > maxRows) {
      fault(['components'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${maxRows} in length.`);
    }
    for (const [index, { type }] of components.entries()) {
      if (type === componentType.row) continue;
      fault(['components', index, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).');
    }
  }
  if (every.length > maxComponents) {
    fault(
      ['components'],
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The total number of components cannot exceed ${maxComponents}.`,
    );
  }
  const characters = every.reduce((sum, { component }) => sum + (component.content?.length ?? 0), 0);
  if (characters > maxTextCharacters) {
    fault(
      ['components'],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `The total text cannot exceed ${maxTextCharacters} characters.`,
    );
  }
  const seen = new Set<string>();
  for (const { component, path } of every) {
    const { custom_id: customId, type } = component;
    if (typeof customId === 'string') {
      if (seen.has(customId)) {
        fault([...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
      }
      seen.add(customId);
    }
    if (type === componentType.row) faults.push(...rowFaults(component, path));
    if (type === componentType.button) faults.push(...buttonFaults(component, path));
    if (type === componentType.select) faults.push(...selectFaults(component, path));
  }
  return faults;
}

/** All components with the path to each, parents first. */
export function flatten(components: readonly Component[], path: Path): { component: Component; path: Path }[] {
  return components.flatMap((component, index) => {
    const here = [...path, index];
    return [
      { component, path: here },
      ...flatten(component.components ?? [], [...here, 'components']),
      ...(component.accessory ? [{ component: component.accessory, path: [...here, 'accessory'] }] : []),
      ...(component.component ? [{ component: component.component, path: [...here, 'component'] }] : []),
    ];
  });
}

function rowFaults(row: Component, path: Path): PlacedFault[] {
  const inside = row.components ?? [];
  const selects = inside.filter(({ type }) => type >= componentType.select && type <= componentType.mentionable).length;
  const width = selects * maxInRow + (inside.length - selects);
  if (width <= maxInRow) return [];
  const message = `A row holds up to ${maxInRow} buttons or a single select menu.`;
  return [{ path: [...path, 'components'], code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message }];
}

function buttonFaults(button: Component, path: Path): PlacedFault[] {
  const faults: PlacedFault[] = [];
  const missing = (field: string): void =>
    void faults.push({ path: [...path, field], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' });
  const link = button.style === 5;
  const premium = button.style === 6;
  if (link && !button.url) missing('url');
  if (!link && !premium && !button.custom_id) missing('custom_id');
  if (button.custom_id && (link || premium || button.url)) {
    const message = 'A custom id and url cannot both be specified';
    faults.push({ path: [...path, 'custom_id'], code: 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', message });
  }
  if (link && button.url && !/^(?:https?|discord):\/\//i.test(button.url)) {
    const message = "Scheme is not supported. Scheme must be one of ('http', 'https', 'discord').";
    faults.push({ path: [...path, 'url'], code: 'URL_TYPE_INVALID_SCHEME', message });
  }
  if (!premium && !button.label && !button.emoji) missing('label');
  return faults;
}

/** What is wrong with a string select, in a message or a modal, beyond its single fields. */
export function selectFaults(select: Component, path: Path): PlacedFault[] {
  const faults: PlacedFault[] = [];
  const options = select.options ?? [];
  const values = new Set(options.map(({ value }) => value));
  if (values.size < options.length) {
    const message = 'The specified option value is already used';
    faults.push({ path: [...path, 'options'], code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', message });
  }
  const most = select.max_values ?? 1;
  if ((select.min_values ?? 1) > most || most > options.length) {
    const message = 'min_values and max_values must fit the number of options.';
    faults.push({ path: [...path, 'max_values'], code: 'SELECT_COMPONENT_BAD_VALUES', message });
  }
  if (options.filter((option) => option.default).length > most) {
    const message = 'No more options may be selected by default than max_values.';
    faults.push({ path: [...path, 'options'], code: 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', message });
  }
  return faults;
}
