import { EXPORTS_TRAIL } from '#views/exports/links.ts'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { Checkbox, DateField, FieldRow, HiddenField, RadioGroup, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Facts, PageHead } from '#views/ui/page.tsx'

type Props = {
  list: { name: string, title: string, href: string, columns: string[] }, words: string, query: string, formKey: string, today: string, expiresOn: string,
  mayBeFull: boolean, holdsPersons: boolean, holdsSpecific: boolean, againHref?: string,
}

export const NewExportPage = ({ list, words, query, formKey, today, expiresOn, mayBeFull, holdsPersons, holdsSpecific, againHref }: Props) => (
  <div class="stack">
    <PageHead title={`Ekspor ${list.title}`} trail={EXPORTS_TRAIL}
      lead="Data yang keluar dari sistem selalu disertai berita acara serah terima (BAST). Isi kepada siapa, untuk apa, dan sampai kapan." />
    <Card title="Yang diekspor">
      <Facts items={[
        { label: 'Baris', wide: true, value: words ? `Yang disaring: ${words}` : 'Semua baris dalam wilayah Anda' },
        { label: 'Kolom', wide: true, value: list.columns.join(', ') },
        ...(holdsPersons ? [{ label: 'Penyamaran', wide: true, value: `NIK dan Nomor KK disamarkan, tanggal lahir hanya tahunnya.${holdsSpecific ? ` ${SPECIFIC}` : ''}` }] : []),
      ]} />
      <p><a href={`${list.href}${query && `?${query}`}`}>Kembali ke daftar untuk mengubah saringan</a></p>
    </Card>
    <Form action="/exports" hx-post="/exports" hx-sync="this:drop">
      <HiddenField name="key" value={formKey} />
      <HiddenField name="list" value={list.name} />
      <HiddenField name="query" value={query} />
      <Card title="Serah terima">
        <FieldRow>
          <TextField name="recipientName" label="Nama penerima" required maxlength={120} autocomplete="off" />
          <TextField name="recipientInstitution" label="Instansi penerima" required maxlength={160} autocomplete="off" />
        </FieldRow>
        <TextArea name="purpose" label="Tujuan penggunaan" required maxlength={500} hint="Misalnya: bahan rapat koordinasi penyaluran bantuan triwulan IV" />
        <TextArea name="legalBasis" label="Dasar hukum" required maxlength={500} rows={2} hint="Peraturan, surat permintaan, atau perjanjian kerja sama, dengan nomornya" />
        <DateField name="expiresOn" label="Berlaku sampai" required value={expiresOn} min={today} hint="Paling lama 90 hari. Setelah itu berkas dihapus dari server dan penerima wajib memusnahkan salinannya." />
      </Card>
      <Card title="Berkas">
        <RadioGroup name="format" label="Jenis berkas" required value="xlsx" options={[
          { value: 'xlsx', label: 'Excel (XLSX)', hint: 'Untuk dibuka di Excel atau LibreOffice' },
          { value: 'csv', label: 'CSV', hint: 'Untuk program lain. Excel membulatkan NIK 16 angka dalam CSV.' },
        ]} />
        {mayBeFull && (againHref ? <p class="hint">Perlu NIK dan Nomor KK utuh? <a href={againHref}>Masuk ulang dahulu</a>, sebelum mengisi formulir ini.</p> : <Full holdsSpecific={holdsSpecific} />)}
      </Card>
      <ActionBar>
        <Button>Buat berkas</Button>
        <LinkButton tone="quiet" href={`${list.href}${query && `?${query}`}`}>Batal</LinkButton>
      </ActionBar>
    </Form>
  </div>
)

const SPECIFIC = 'Kehamilan, disabilitas, penyakit, nama ibu kandung, dan titik rumah dikosongkan.'

const Full = ({ holdsSpecific }: Pick<Props, 'holdsSpecific'>) => (
  <>
    <Checkbox name="full" label={holdsSpecific ? 'Semua kolom utuh, termasuk data spesifik' : 'NIK, Nomor KK, dan tanggal lahir utuh'} hint="Hanya bila penerima tidak dapat bekerja tanpa data utuh. Dicatat dalam berita acara dan jejak audit." />
    <TextArea name="fullReason" label="Alasan data utuh diperlukan" maxlength={500} rows={2} hint="Wajib diisi bila data utuh dipilih" />
  </>
)
