import type { getWaiting } from '#app/numbers/giving.ts'
import { inWords } from '#app/questionnaire/display.ts'
import type { MissingNumber } from '#app/questionnaire/missing-numbers.ts'
import { parsePath, rowsOf } from '#app/questionnaire/record.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { ActionBar, Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { PhotoField } from '#views/ui/capture.tsx'
import { HiddenField, NikField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'

type Props = ReturnType<typeof getWaiting> & {
  typed: Record<string, string>, problem?: { message: string, fields: Record<string, string> }, formId: string, returnKey: string, maySendBack: boolean
}

export const GivePage = ({ household, visit, missing, typed, problem, formId, returnKey, maySendBack }: Props) => (
  <Stack>
    <PageHead title="Isi nomor dari Dukcapil" lead={[household.headName, household.address].filter(Boolean).join(', ')} trail={[{ href: '/numbers', label: 'Menunggu Dukcapil' }]} />
    {problem && <ProblemPanel problem={problem} />}
    <Card title="Nomor yang sudah terbit">
      <Form action={`/numbers/${household.id}`} upload>
        <HiddenField name="id" value={formId} />
        <HiddenField name="revision" value={visit.revision} />
        <p>Isi yang sudah ada saja; yang belum dibiarkan kosong. Tidak perlu kunjungan lagi: pemeriksa mencocokkan nomor dengan fotonya, lalu rumah tangga masuk berkas pengesahan berikutnya.</p>
        {missing.map((one) => <NikField name={one.path} label={`${one.kind === 'kk' ? 'No KK keluarga' : 'NIK ART'} ${one.seq}${one.name && ` (${one.name})`}`} value={typed[one.path]} error={problem?.fields[one.path]} hint={hintFor(visit.record, one)} />)}
        <PhotoField name="F-KK" label="Foto KK atau surat Dukcapil" accept="image/jpeg" required error={problem?.fields['F-KK']} hint="Seluruh halaman terlihat, semua nomor yang diisi terbaca. Menggantikan foto KK pada kunjungan ini." />
        <ActionBar>
          <Button>Simpan nomor</Button>
          <LinkButton href={`/households/${household.id}`}>Lihat rumah tangga</LinkButton>
        </ActionBar>
      </Form>
    </Card>
    {maySendBack && (
      <Confirm label="Kembalikan ke pemeriksa" tone="quiet" small>
        <Form action={`/numbers/${household.id}/return`}>
          <HiddenField name="key" value={returnKey} />
          <p>Bila ternyata nomornya ada, atau keluarganya sudah pindah: pemeriksa dapat mengembalikannya ke petugas.</p>
          <TextArea name="note" label="Alasan" required rows={2} maxlength={1000} error={problem?.fields.note} />
          <Button tone="secondary">Ya, kembalikan</Button>
        </Form>
      </Confirm>
    )}
  </Stack>
)

// By what whoever types recognises the person on the document.
function hintFor(record: Props['visit']['record'], missing: MissingNumber) {
  const place = parsePath(missing.path)!
  const { birthPlace, birthDate, sex } = rowsOf(record, place.roster)[place.index]!
  const person = missing.kind === 'nik' && [sex === 1 ? 'laki-laki' : sex === 2 ? 'perempuan' : '', birthPlace && String(birthPlace), birthDate && inWords(String(birthDate))].filter(Boolean).join(', ')
  return [missing.reason && `Waktu didata: ${missing.reason.toLowerCase()}.`, person && `Menurut isian: ${person}.`].filter(Boolean).join(' ') || undefined
}

