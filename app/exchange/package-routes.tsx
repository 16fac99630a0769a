import { createReadStream, existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import * as z from 'zod'
import { officeRecipient } from '#app/exchange/office-key.ts'
import { dropFile, packageFile, sweepPackages, workOnPackage, type Lock } from '#app/exchange/package-work.ts'
import { fetchPackage, getPackage, listChoices, listPackages, openPackage, removePackage } from '#app/exchange/packages.ts'
import { changed, page, readForm, type Deps, type Env } from '#app/http.tsx'
import { conflict } from '#app/problems.ts'
import { freshSignIn, signInAgainHref } from '#app/sessions/step-up.ts'
import { transact } from '#db/transaction.ts'
import { PackageRow, PackagesPage } from '#views/exchange/packages.tsx'

const SHORTEST = 8
const Form = z.object({
  key: z.uuid(), region: z.string().min(1, 'Pilih wilayah.'), lock: z.enum(['passphrase', 'office']),
  passphrase: z.string().trim().max(200).default(''), again: z.string().trim().max(200).default(''), recipient: z.string().trim().max(100).default(''),
}).superRefine(({ lock, passphrase, again, recipient }, context) => {
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if (lock === 'office' && !/^age1[02-9ac-hj-np-z]{58}$/.test(recipient)) wrong('recipient', 'Kunci kantor diawali "age1" dan panjangnya 62 huruf. Salin seluruhnya.')
  if (lock === 'passphrase' && passphrase.length < SHORTEST) wrong('passphrase', `Kata sandi sedikitnya ${SHORTEST} huruf atau angka.`)
  else if (lock === 'passphrase' && passphrase !== again) wrong('again', 'Kedua kata sandi tidak sama. Ketik lagi.')
})

const lockOf = ({ lock, passphrase, recipient }: z.output<typeof Form>): Lock => lock === 'office' ? { recipient } : { passphrase }

export const packageRoutes = (deps: Deps) => new Hono<Env>()
  .get('/', async (c) => {
    const { actor } = c.var
    const props = { packages: listPackages(deps.db, actor), choices: listChoices(deps.db, actor), ownKey: await officeRecipient(deps.dataDirectory) }
    return page(c, 'Paket wilayah', <PackagesPage {...props} formKey={crypto.randomUUID()} now={new Date().toISOString()} againHref={signInAgainHref(c, 'package')} />)
  })

  .post('/', freshSignIn('package'), async (c) => {
    const form = await readForm(c, Form)
    sweepPackages(deps)
    const fresh = transact(deps.db, c.var.actor, (tx) => openPackage(tx, form.key, form.region))
    if (fresh) workOnPackage(deps, form.key, lockOf(form))
    return changed(c, '/exchange/packages', { message: 'Paket sedang disiapkan. Anda boleh meninggalkan halaman ini.' })
  })

  .get('/:id', (c) => {
    const { id } = getPackage({ db: deps.db, actor: c.var.actor }, c.req.param('id'))
    const shown = listPackages(deps.db, c.var.actor).find((one) => one.id === id)
    return changed(c, '/exchange/packages', { part: shown && (() => <PackageRow shown={shown} now={new Date().toISOString()} />) })
  })

  .get('/:id/file', freshSignIn('package'), (c) => {
    const { id, regionCode, bytes } = transact(deps.db, c.var.actor, (tx) => fetchPackage(tx, c.req.param('id')))
    const path = packageFile(deps.dataDirectory, id)
    if (!existsSync(path)) throw conflict('Paket ini sudah tidak ada di server. Buat yang baru.')
    return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream, 200, {
      'Content-Type': 'application/octet-stream', 'Content-Length': String(bytes), 'Cache-Control': 'no-store',
      'Content-Disposition': `attachment; filename="siks-paket-${regionCode}-${id.slice(0, 8)}.siks"`,
    })
  })

  .post('/:id/removal', (c) => {
    const id = c.req.param('id')
    transact(deps.db, c.var.actor, (tx) => removePackage(tx, id))
    dropFile(deps.dataDirectory, id)
    return changed(c, '/exchange/packages', { message: 'Berkas paket dihapus dari server.' })
  })
