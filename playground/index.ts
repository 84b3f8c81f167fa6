/** The entry of `npm run playground`; nothing else. */
import './app/main.ts';
