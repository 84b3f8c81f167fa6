/** The bot, from the command line: `node src/index.ts`. */
import './bot/main.ts';
