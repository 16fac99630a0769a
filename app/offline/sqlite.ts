// SQLite as @sqlite.org/sqlite-wasm compiles it, spoken to directly. The package's own script weighs 68 kB gz and takes
// ten times as long to start; it serves files, workers and callbacks, and a pack needs one database in memory.

export type Wasm = WebAssembly.Module | ArrayBuffer | Uint8Array<ArrayBuffer>
type Call = (...numbers: number[]) => number
// The names are those of SQLite's C interface. Every value is a number: an address, a length, a code.
export type Sqlite = { memory: WebAssembly.Memory } & Record<
  'sqlite3_malloc' | 'sqlite3_free' | 'sqlite3_open' | 'sqlite3_close_v2' | 'sqlite3_deserialize' | 'sqlite3_serialize' | 'sqlite3_prepare_v2' | 'sqlite3_finalize'
  | 'sqlite3_step' | 'sqlite3_reset' | 'sqlite3_clear_bindings' | 'sqlite3_bind_null' | 'sqlite3_bind_int' | 'sqlite3_bind_double' | 'sqlite3_bind_text'
  | 'sqlite3_column_count' | 'sqlite3_column_name' | 'sqlite3_column_type' | 'sqlite3_column_double' | 'sqlite3_column_text' | 'sqlite3_column_bytes'
  | 'sqlite3_errmsg', Call>
type Exports = Sqlite & Record<'__wasm_call_ctors' | 'sqlite3_initialize', Call>

const PAGE_BYTES = 65_536
const MOST_PAGES = 32_768

export async function loadSqlite(wasm: Wasm): Promise<Sqlite> {
  const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm)
  const memory = new WebAssembly.Memory({ initial: 128, maximum: MOST_PAGES })
  const { exports } = await WebAssembly.instantiate(module, hostOf(module, memory)) as unknown as { exports: Exports }
  exports.__wasm_call_ctors()
  exports.sqlite3_initialize()
  return { ...exports, memory, sqlite3_deserialize: await narrowed(exports.sqlite3_deserialize) }
}

const NOT_THERE = -52

// A database in memory opens no file: every call to the system fails but those for time and memory.
function hostOf(module: WebAssembly.Module, memory: WebAssembly.Memory): WebAssembly.Imports {
  const answers: Record<string, WebAssembly.ImportValue> = {
    memory,
    emscripten_date_now: () => Date.now(),
    emscripten_get_now: () => performance.now(),
    emscripten_get_heap_max: () => MOST_PAGES * PAGE_BYTES,
    emscripten_resize_heap: (wanted: number) => grow(memory, wanted),
  }
  const host: WebAssembly.Imports = {}
  for (const { module: part, name } of WebAssembly.Module.imports(module)) host[part] = { ...host[part], [name]: answers[name] ?? (() => NOT_THERE) }
  return host
}

function grow(memory: WebAssembly.Memory, wanted: number) {
  try {
    memory.grow(Math.ceil((wanted - memory.buffer.byteLength) / PAGE_BYTES))
    return 1
  } catch {
    return 0
  }
}

// Two of this function's six arguments are 64 bits wide, and before version 85 Chrome passes no such number from
// script. So a few bytes of wasm stand between, which take 32 bits and widen them.
const WIDENING = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 21, 2, 0x60, 6, 0x7f, 0x7f, 0x7f, 0x7e, 0x7e, 0x7f, 1, 0x7f, 0x60, 6, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f,
  2, 7, 1, 1, 0x66, 1, 0x66, 0, 0, 3, 2, 1, 1, 7, 5, 1, 1, 0x66, 0, 1,
  10, 20, 1, 18, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0x20, 3, 0xad, 0x20, 4, 0xad, 0x20, 5, 0x10, 0, 0x0b,
])

async function narrowed(f: Call): Promise<Call> {
  const { instance } = await WebAssembly.instantiate(WIDENING, { f: { f } })
  return instance.exports.f as Call
}
