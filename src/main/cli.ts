import './gate/lockdown.ts';
import { main } from './cli/main.ts';

// npm runs scripts in the package's folder; paths on the command line are relative to where it was typed.
if (process.env.INIT_CWD && ['stillroom', 'demo'].includes(process.env.npm_lifecycle_event ?? ''))
  process.chdir(process.env.INIT_CWD);

// A reader that has seen enough, such as "head", closes the pipe: no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

process.exitCode = await main(process.argv.slice(2));
