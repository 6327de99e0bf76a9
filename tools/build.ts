import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { build } from 'esbuild'
import { compileContracts } from './compile-contracts.ts'

/** Builds `dist/`: the command line and the library in one bundle of shared chunks, and the declarations of the library. */
async function buildPackage(): Promise<void> {
  compileContracts()
  rmSync('dist', { recursive: true, force: true })
  await build({
    entryPoints: {
      cli: 'src/cli.ts',
      index: 'src/index.ts',
      'test-worker': 'src/test-worker.ts',
      'prove-worker': 'src/prove/prove-worker.ts',
    },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: false,
    legalComments: 'linked',
    external: ['pino-pretty'],
    // Packages written for require() need it inside an ES module.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  })
  chmodSync('dist/cli.js', 0o755)
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], {
    stdio: 'inherit',
  })
}

await buildPackage()
