/** What whoever hosts the bot is told. */
export { createAssetHostNotice } from './asset-host-notice.ts';
export { createBalanceNotice } from './balance-notice.ts';
export { createCeilingNotice, type CeilingNotice } from './ceiling-notice.ts';
export { createModelNotice } from './model-notice.ts';
