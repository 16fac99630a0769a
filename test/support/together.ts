// Several test files in one process, as uvu's own runner does it: what all of them import is read once.
const shared = Object.assign(globalThis as unknown as { UVU_QUEUE: [string, ...unknown[]][], UVU_INDEX: number }, { UVU_DEFER: true })
const { exec } = await import('uvu')

for (const file of process.argv.slice(2)) {
  shared.UVU_INDEX = shared.UVU_QUEUE.push([file.replace(/.*[\\/]/, '')]) - 1
  await import(file)
  if (shared.UVU_QUEUE[shared.UVU_INDEX]!.length === 1) throw new Error(`${file} has no test`)
}
await exec()
