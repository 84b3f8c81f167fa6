import { invalidForm } from '../api-error.ts';
import { isRecord } from '../form.ts';
import type { CommandBody, CommandOption } from '../request-bodies.ts';

/** A command as registered, with the fields Discord adds. Source: application commands, "Structure". */
export interface RegisteredCommand extends CommandBody {
  readonly id: string;
  readonly application_id: string;
  readonly guild_id?: string;
  readonly version: string;
  readonly type: number;
  readonly description: string;
  readonly default_member_permissions: string | null;
}

/** A command as Discord gives it back, with the defaults of what was not sent. */
export function completeCommand(
  body: CommandBody,
  {
    id,
    applicationId,
    guildId,
    version,
  }: { id: string; applicationId: string; guildId: string | null; version: string },
): RegisteredCommand {
  const {
    contexts,
    integration_types: installs,
    default_member_permissions: permissions,
    dm_permission: inDms,
    ...rest
  } = body;
  const type = body.type ?? 1;
  return {
    ...rest,
    id,
    application_id: applicationId,
    ...(guildId !== null && { guild_id: guildId }),
    version,
    type,
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: body.description ?? '',
    description_localizations: body.description_localizations ?? null,
    default_member_permissions: permissions === undefined || permissions === null ? null : String(permissions),
    nsfw: body.nsfw ?? false,
    // Guild commands have no contexts; global ones have all by default.
    ...(guildId === null && {
      dm_permission: inDms ?? contexts?.includes(1) ?? true,
      contexts: contexts ?? null,
      integration_types: installs ?? [0],
    }),
    ...(type === 1 && { options: (body.options ?? []).map(completeOption) }),
  };
}

/** An option as Discord gives it back: nulls where nothing was said, and no field that only says false. */
function completeOption({
  required,
  autocomplete,
  choices,
  options,
  file_types: fileTypes,
  ...option
}: CommandOption): CommandOption {
  return {
    ...option,
    name_localizations: option.name_localizations ?? null,
    description_localizations: option.description_localizations ?? null,
    ...(required && { required }),
    ...(autocomplete && { autocomplete }),
    // Extensions come back in small letters. Source: reference, "File Type Filtering".
    ...(fileTypes && { file_types: fileTypes.map((type) => type.toLowerCase()) }),
    ...(choices && {
      choices: choices.map((choice) => ({ ...choice, name_localizations: choice.name_localizations ?? null })),
    }),
    ...(options && { options: options.map(completeOption) }),
  };
}

/**
 * The API description calls `default_member_permissions` a number and knows no `nsfw`; the documentation says a string
 * of digits and a boolean. Both pass here.
 */
export function readCommand<Body extends Partial<CommandBody>>(
  form: unknown,
  parse: (value: unknown) => Body,
  at: readonly number[] = [],
): Body {
  if (!isRecord(form)) return parse(form);
  const { default_member_permissions: permissions, nsfw, ...rest } = form;
  const given = typeof permissions === 'number' ? String(permissions) : (permissions ?? null);
  if (given !== null && !(typeof given === 'string' && /^\d{1,20}$/.test(given))) {
    const message = `Value ${JSON.stringify(given)} is not int.`;
    throw invalidForm([{ path: [...at, 'default_member_permissions'], code: 'NUMBER_TYPE_COERCE', message }]);
  }
  return {
    ...parse(rest),
    ...(permissions !== undefined && { default_member_permissions: given }),
    ...(typeof nsfw === 'boolean' && { nsfw }),
  };
}
