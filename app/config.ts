import { join } from 'node:path'
import * as z from 'zod'

// process.env is read here, once. A wrong value stops the start with the name of the variable.
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  SIKS_DATA: z.string().default('data'),
  // The address people type. Needed behind a proxy: the origin of posts is compared with it.
  SIKS_ORIGIN: z.url().optional(),
  // Only a proxy of ours may tell the client's address (X-Forwarded-For).
  SIKS_TRUST_PROXY: z.stringbool().default(false),
  // Pictures of the land under the map, e.g. https://tiles.example.go.id/{z}/{x}/{y}.png. Without it the map draws its own lines.
  SIKS_TILES: z.url().refine((address) => ['{z}', '{x}', '{y}'].every((part) => decodeURI(address).includes(part)), 'memuat {z}, {x} dan {y}').optional(),
  SIKS_DEMO: z.stringbool().default(true),
})

export type Config = ReturnType<typeof readConfig>

export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const parsed = Environment.safeParse(env)
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  }
  const { PORT, HOST, SIKS_DATA, SIKS_ORIGIN, SIKS_TRUST_PROXY, SIKS_DEMO, SIKS_TILES } = parsed.data
  return {
    port: PORT, host: HOST, origin: SIKS_ORIGIN, trustProxy: SIKS_TRUST_PROXY, demo: SIKS_DEMO, tiles: SIKS_TILES,
    dataDirectory: SIKS_DATA, database: join(SIKS_DATA, 'siks.db'),
  }
}
