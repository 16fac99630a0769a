import type { Problem } from '#app/problems.ts'
import type { ReportKind } from '#app/reports/reports.ts'
import { RELATION_WORDS } from '#views/public/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Button } from '#views/ui/button.tsx'
import { Checkbox, FileField, HiddenField, RadioGroup, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Props = {
  kind: ReportKind, place: string, typed: Record<string, string>, problem?: Problem
  reasons: { code: string, label: string }[], promise: { village: string, last: string }
}

const LABELS = {
  subjectName: 'Nama', subjectAddress: 'Alamat', reasonCode: 'Alasan', statement: 'Keadaan', reporterName: 'Nama Anda', relation: 'Hubungan', contact: 'Kontak',
  photo1: 'Foto 1', photo2: 'Foto 2', photo3: 'Foto 3', consent: 'Persetujuan', region: 'Tempat',
}

export const ReportFormPage = ({ kind, place, typed, problem, reasons, promise }: Props) => (
  <Narrow>
    <PageHead title={`Kirim ${kind}`} lead={`Langkah 2 dari 2. ${place}`} trail={[{ href: '/lapor', label: 'Usul dan sanggah' }, { href: `/lapor/new?kind=${kind}`, label: 'Ganti tempat' }]} />
    {problem && <ProblemPanel problem={problem} labels={LABELS} />}
    {problem && <p class="hint">Bila tadi sudah memilih foto, pilih lagi sebelum mengirim.</p>}
    <Form action="/lapor" upload>
      <HiddenField name="key" value={typed.key ?? ''} />
      <HiddenField name="kind" value={kind} />
      <HiddenField name="region" value={typed.region ?? ''} />
      <About kind={kind} typed={typed} fields={problem?.fields ?? {}} reasons={reasons} />
      <You typed={typed} fields={problem?.fields ?? {}} />
      <Card title="Sebelum dikirim">
        <ul class="bulleted">
          <li>Desa/kelurahan menjawab paling lambat <strong>{formatDate(promise.village)}</strong>. Bila tidak, laporan naik sendiri ke kecamatan lalu Dinas Sosial. Jawaban paling lambat <strong>{formatDate(promise.last)}</strong>.</li>
          <li>Petugas memakai isi laporan dan foto hanya untuk memeriksa laporan ini.</li>
          <li>Laporan tidak langsung mengubah data atau menghentikan bantuan siapa pun.</li>
          <li>Setelah terkirim, Anda mendapat kode untuk melihat jawaban. Laporan boleh ditarik selama belum dijawab.</li>
        </ul>
        <Checkbox name="consent" label="Saya mengerti dan setuju. Isi laporan ini benar sepengetahuan saya." checked={typed.consent === '1'} required error={problem?.fields.consent} />
        <Button>Kirim laporan</Button>
      </Card>
    </Form>
  </Narrow>
)

type PartProps = { typed: Record<string, string>, fields: Record<string, string> }

const About = ({ kind, typed, fields, reasons }: PartProps & Pick<Props, 'kind' | 'reasons'>) => (
  <Card title={kind === 'usul' ? 'Keluarga yang diusulkan' : 'Orang yang disanggah'}>
    <TextField name="subjectName" label="Nama orangnya" value={typed.subjectName} required maxlength={100} error={fields.subjectName} autocomplete="off" hint={kind === 'usul' ? 'Nama kepala keluarga, bila tahu. Jangan menulis NIK.' : 'Jangan menulis NIK.'} />
    <TextField name="subjectAddress" label="Alamat atau patokan rumahnya" value={typed.subjectAddress} required maxlength={200} error={fields.subjectAddress} autocomplete="off" hint="RT/RW, nama dusun, atau dekat apa." />
    <RadioGroup name="reasonCode" label={kind === 'usul' ? 'Mengapa keluarga ini diusulkan?' : 'Apa yang tidak sesuai?'} value={typed.reasonCode} required error={fields.reasonCode} options={otherLast(reasons)} />
    <TextArea name="statement" label="Ceritakan keadaannya" value={typed.statement} required rows={5} maxlength={2000} error={fields.statement} hint="Tulis apa yang Anda lihat atau ketahui sendiri." />
    {['photo1', 'photo2', 'photo3'].map((name, i) => <PhotoChoice name={name} label={`Foto ${i + 1}`} error={fields[name]} />)}
  </Card>
)

const You = ({ typed, fields }: PartProps) => (
  <Card title="Tentang Anda">
    <TextField name="reporterName" label="Nama Anda" value={typed.reporterName} required maxlength={100} error={fields.reporterName} autocomplete="name" />
    <SelectField name="relation" label="Hubungan Anda dengan orang itu" value={typed.relation} required error={fields.relation} options={Object.entries(RELATION_WORDS).map(([value, label]) => ({ value, label }))} />
    <Checkbox name="anonymous" label="Rahasiakan nama saya dari desa dan kecamatan. Hanya Dinas Sosial yang boleh melihatnya." checked={typed.anonymous === '1'} />
    <TextField name="contact" label="Nomor HP atau surel" value={typed.contact} maxlength={100} error={fields.contact} autocomplete="off" hint="Hanya Dinas Sosial yang bisa melihatnya." />
  </Card>
)

// Whatever fits nothing else comes last, after everything else has been read.
const otherLast = (reasons: Props['reasons']) => [...reasons].sort((one, other) => Number(one.code === 'lain') - Number(other.code === 'lain'))
  .map(({ code, label }) => ({ value: code, label }))

// From the camera or from what is on the phone already. With script the photo is made small before it travels.
export const PhotoChoice = ({ name, label, error }: { name: string, label: string, error?: string }) => (
  <div data-photo><FileField name={name} label={label} accept="image/jpeg" error={error} hint="Foto JPEG, paling besar 8 MB." /></div>
)
