/** The bare bot behind a TypeScript file: what Node itself takes for the first file whose types it strips. */
import './bare-bot.mjs';
