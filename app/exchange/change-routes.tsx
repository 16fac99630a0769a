import { Readable } from 'node:stream'
import { Encrypter } from 'age-encryption'
import { Hono } from 'hono'
import { changesBytes, listChanges, openChangesPart, prepareChanges } from '#app/exchange/changes.ts'
import { changed, page, type Deps, type Env } from '#app/http.tsx'
import { findRegionName } from '#app/regions/regions.ts'
import { transact } from '#db/transaction.ts'
import { ChangesPage } from '#views/exchange/changes.tsx'

export const changeRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .get('/', (c) => {
    const view = listChanges(db, c.var.actor)
    return page(c, 'Bawa perubahan ke server', <ChangesPage {...view} regionName={view.origin && findRegionName(db, view.origin.regionCode)} />)
  })

  .post('/', (c) => {
    const count = transact(db, c.var.actor, prepareChanges)
    return changed(c, '/exchange/changes', { message: count > 0 ? `${count} kunjungan siap dibawa.` : 'Tidak ada kunjungan baru sejak berkas terakhir disiapkan.' })
  })

  .get('/:part{[1-9][0-9]{0,3}}', async (c) => {
    const part = c.req.param('part')
    const opened = transact(db, c.var.actor, (tx) => openChangesPart(tx, Number(part)))
    const encrypter = new Encrypter()
    encrypter.addRecipient(opened.origin.recipient)
    const plain = Readable.toWeb(Readable.from(changesBytes(db, dataDirectory, opened))) as ReadableStream<Uint8Array>
    return c.body(await encrypter.encrypt(plain), 200, {
      'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store',
      'Content-Disposition': `attachment; filename="siks-perubahan-${opened.origin.regionCode}-${new Date().toISOString().slice(0, 10)}-${part}.siks"`,
    })
  })
