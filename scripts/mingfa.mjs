#!/usr/bin/env node
// The `mingfa` command as npm installs it.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runWithNode } from './with-node.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
runWithNode([path.join(here, '../src/cli/mingfa.ts'), ...process.argv.slice(2)]);
