/**
 * Loaded into a bot's process before the bot (`--import`): it ends once the process that started it is gone. A test
 * worker that is killed runs no hook.
 */
import process from 'node:process';

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// The channel alone keeps no bot from ending.
process.channel?.unref();
