/** The entry of `npm run playground`; nothing else. */
try {
  await import('./app/main.ts');
} catch (error) {
  if (!(error instanceof Error) || !error.message.startsWith('Cannot find package')) throw error;
  process.stderr.write('The playground needs the development dependencies, too: npm ci, without --omit=dev.\n');
  process.exitCode = 1;
}
