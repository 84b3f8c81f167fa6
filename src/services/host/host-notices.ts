/** What whoever hosts the bot is told. */
export { createAccountNotice } from './account-notice.ts';
export { createAssetHostNotice } from './asset-host-notice.ts';
export { createBalanceNotice } from './balance-notice.ts';
export { createCeilingNotice, type CeilingNotice } from './ceiling-notice.ts';
export { createModelNotice } from './model-notice.ts';
export { resumeNotices } from './notices.ts';
