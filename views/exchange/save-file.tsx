import { Notice } from '#views/ui/badge.tsx'
import { Button } from '#views/ui/button.tsx'
import { RadioGroup, TextField } from '#views/ui/field.tsx'
import { assetUrl } from '#views/ui/assets.ts'
import { formatBytes, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead } from '#views/ui/page.tsx'

export type OutboxPart = { part: number, bytes: number, visits: number }
// recipient: the office's age key, null while the phone does not know it. name: whose outbox, for the file's name.
export type SaveFileProps = { parts: OutboxPart[], recipient: string | null, name: string }

export const SaveFilePage = ({ parts, recipient, name }: SaveFileProps) => (
  <div class="stack">
    <PageHead title="Simpan ke berkas" trail={[{ href: '/field', label: 'Tugas lapangan' }, { href: '/field/device', label: 'HP ini' }]}
      lead="Bila tidak ada sinyal, kunjungan bisa dibawa dengan berkas: lewat kabel USB, kartu memori, atau dikirim dari HP lain." />
    {parts.length === 0
      ? <EmptyState title="Tidak ada kunjungan yang menunggu dikirim">Semua kunjungan sudah diterima server. Tidak ada yang perlu disimpan.</EmptyState>
      : <Saving parts={parts} recipient={recipient} name={name} />}
    <WhatNext />
    <script src={assetUrl('exchange.js')} defer></script>
  </div>
)

// Everything here needs the page's script, so it stays hidden until the script shows it.
const Saving = ({ parts, recipient, name }: SaveFileProps) => (
  <>
    <noscript><Notice tone="bad"><p>Peramban ini tidak menjalankan JavaScript, jadi berkas tidak bisa dibuat. Kunjungan tetap aman di HP.</p></Notice></noscript>
    <div class="stack" data-export-outbox data-recipient={recipient ?? undefined} data-name={name} hidden>
      <Card title="Kunci berkas">
        <form class="form" data-export-lock hx-boost="false">
          <RadioGroup name="lock" label="Siapa yang bisa membuka berkas ini?" required value={recipient ? 'office' : 'passphrase'} options={[
            { value: 'office', label: 'Kantor SIKS Anda saja', hint: recipient ? 'Disarankan: tidak ada kata sandi yang bisa lupa' : 'Belum bisa: HP ini belum menerima kunci kantor', disabled: !recipient },
            { value: 'passphrase', label: 'Siapa saja yang tahu kata sandinya', hint: 'Beritahukan kata sandi lewat telepon, jangan bersama berkasnya' },
          ]} />
          <div class="stack" data-export-passphrase hidden>
            <TextField name="passphrase" label="Kata sandi berkas" type="password" autocomplete="new-password" required hint="Sedikitnya 8 huruf atau angka. Kata sandi yang lupa tidak bisa dipulihkan." />
            <TextField name="again" label="Ketik sekali lagi" type="password" autocomplete="new-password" required />
          </div>
        </form>
      </Card>
      <Card title={parts.length > 1 ? `Simpan ${parts.length} berkas, satu per satu` : 'Simpan berkas'}>
        <ul class="plain-list stack">
          {parts.map(({ part, bytes, visits }) => (
            <li>
              <p>{parts.length > 1 && <strong>Berkas {part}: </strong>}{formatNumber(visits)} kunjungan, {formatBytes(bytes)}</p>
              <Button type="button" data-save-part={String(part)} data-bytes={String(bytes)}>Simpan{parts.length > 1 && ` berkas ${part}`}</Button>
            </li>
          ))}
        </ul>
        <progress max={100} value={0} aria-label="Menyiapkan berkas" data-export-progress hidden></progress>
        <p role="status" aria-live="polite" data-export-state></p>
      </Card>
    </div>
  </>
)

const WhatNext = () => (
  <Card title="Setelah berkas tersimpan">
    <Facts items={[
      { label: '1. Cari berkasnya', wide: true, value: <>Ada di folder <strong>Download</strong> (Unduhan) HP, namanya berakhiran <code>.siks</code>.</> },
      { label: '2. Serahkan', wide: true, value: 'Kepada koordinator kecamatan atau Dinsos: salin lewat kabel USB, atau kirim lewat WhatsApp sebagai dokumen.' },
      { label: '3. Dibuka di kantor', wide: true, value: <>Lewat menu <strong>Tukar berkas</strong>. Berkas yang sama boleh diterima dua kali; tidak ada yang menjadi ganda.</> },
    ]} />
    <p>Kunjungan tetap ada di HP ini sampai server mengirim tanda terima. Jangan hapus aplikasi atau datanya; kirim seperti biasa bila sinyal kembali.</p>
  </Card>
)
