import './gate/lockdown.ts';
import { main } from './cli/main.ts';

// npm runs scripts in the package's folder; paths on the command line are relative to where it was typed.
if (process.env.INIT_CWD && ['stillroom', 'demo'].includes(process.env.npm_lifecycle_event ?? ''))
  process.chdir(process.env.INIT_CWD);

process.exitCode = await main(process.argv.slice(2));
