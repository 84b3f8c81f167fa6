/** What a catalogue in trouble answers. */
import { refuse } from './answer.ts';
import type { Behaviour } from '../behaviour.ts';
import { replyWith, type Reply } from './http-replies.ts';

const PAGE = '<!doctype html>\n<html><head><title>Models</title></head><body><h1>Models</h1></body></html>\n';

/** JSON of the right names and the wrong types. */
const NONSENSE = { model_id: 42, models: 'many', base_price_usd: 'free', price_unit: null, input_schema: 'soon' };

/** The reply in place of the right one; `undefined` where the right one is due, be it late. */
export function troubleOf({ catalogue }: Behaviour): Reply | undefined {
  switch (catalogue) {
    case 'up':
    case 'slow':
      return undefined;
    case 'down':
      return replyWith(refuse(503, undefined, 'Service unavailable'));
    case 'html':
      return { as: 'answer', status: 200, text: PAGE, headers: { 'content-type': 'text/html' }, body: PAGE };
    case 'absent':
      return replyWith({ status: 404, body: { detail: 'Not Found' } });
    case 'nonsense':
      return replyWith({ status: 200, body: NONSENSE });
  }
}
