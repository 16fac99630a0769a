import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { makeOpener, makeSealer } from '#app/backup/age-file.ts'

const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)
const sealer = await makeSealer([recipient])
const opener = makeOpener([identity])

async function* piecesOf(bytes: Buffer, size = 50_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const whole = async (source: AsyncIterable<Buffer>) => Buffer.concat(await Readable.from(source, { objectMode: true }).toArray() as Buffer[])
const seal = (bytes: Buffer, size?: number) => whole(sealer.stream(piecesOf(bytes, size)))
const open = (bytes: Buffer, size?: number) => whole(opener.stream(piecesOf(bytes, size)))
const said = (work: Promise<unknown>) => work.then(() => '', (error: Error) => error.message)

// Around the edges of a chunk of 64 KiB, where the last one is told from the others.
const SIZES = [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000]
const age = suite('a sealed file')

age('is opened by any program that knows age', async () => {
  for (const size of SIZES) {
    const bytes = randomBytes(size)
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    assert.ok(Buffer.from(await decrypter.decrypt(Uint8Array.from(await seal(bytes)))).equals(bytes), `${size}`)
  }
})

age('of any program that writes age is opened', async () => {
  for (const size of SIZES) {
    const bytes = randomBytes(size)
    const encrypter = new Encrypter()
    encrypter.addRecipient(recipient)
    assert.ok((await open(Buffer.from(await encrypter.encrypt(Uint8Array.from(bytes))), 777)).equals(bytes), `${size}`)
  }
})

age('comes back as it was, in whatever pieces it travels', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 200_000 }), fc.integer({ min: 1, max: 70_000 }), fc.integer({ min: 100, max: 70_000 }), async (size, cutIn, cutOut) => {
    const bytes = randomBytes(size)
    assert.ok((await open(await seal(bytes, cutIn), cutOut)).equals(bytes))
  }), { numRuns: 30 })
})

age('is the same whether it passed in pieces or was held whole', async () => {
  for (const size of SIZES) {
    const bytes = randomBytes(size)
    assert.ok((await open(sealer.bytes(bytes))).equals(bytes) && (await opener.bytes(await seal(bytes))).equals(bytes), `${size}`)
  }
})

age('is never the same twice, though its header is', async () => {
  const [one, two] = [await seal(Buffer.from('foto')), await seal(Buffer.from('foto'))]
  assert.not.ok(one.equals(two))
  assert.ok(one.subarray(0, 150).equals(two.subarray(0, 150)))
})

age('that was changed, cut or lengthened anywhere is refused', async () => {
  const sealed = await seal(randomBytes(70_000))
  for (const at of [5, 60, 160, 230, 300, 65_900, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    assert.ok(await said(open(changed)) && await said(opener.bytes(changed)), `a change at ${at} went unseen`)
  }
  for (const length of [10, 200, 300, 66_000, sealed.length - 1]) assert.ok(await said(open(sealed.subarray(0, length))) && await said(opener.bytes(sealed.subarray(0, length))), `a cut at ${length} went unseen`)
  assert.ok(await said(open(Buffer.concat([sealed, Buffer.from('x')]))))
})

age('is opened by each of its keys and by no other', async () => {
  const other = await generateX25519Identity()
  const both = await makeSealer([recipient, await identityToRecipient(other)])
  const sealed = await whole(both.stream(piecesOf(Buffer.from('rahasia'))))
  for (const one of [identity, other]) assert.is((await whole(makeOpener([one]).stream(piecesOf(sealed)))).toString(), 'rahasia')
  assert.match(await said(whole(makeOpener([await generateX25519Identity()]).stream(piecesOf(sealed)))), /Kunci ini tidak membuka/)
})

age.run()
