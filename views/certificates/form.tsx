import type { CertificateBeginning } from '#app/certificates/certificates.ts'
import { CERTIFICATES_TRAIL, DAYS, PURPOSE_WORDS } from '#views/certificates/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { FieldRow, HiddenField, SelectField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Trouble = { message: string, fields: Record<string, string>, status: number }
type Props = { begun: CertificateBeginning, typed: Record<string, string>, problem?: Trouble }

const LABELS = {
  memberSeq: 'Surat untuk', purpose: 'Keperluan', purposeNote: 'Keterangan keperluan', days: 'Masa berlaku', signatoryName: 'Nama penanda tangan', signatoryPosition: 'Jabatan', signatoryNip: 'NIP',
}

export const CertificateForm = ({ begun, typed, problem }: Props) => {
  const field = (name: keyof typeof LABELS) => ({ name, label: LABELS[name], value: typed[name], error: problem?.fields[name] })
  const back = `/households/${begun.id}`
  return (
    <Narrow>
      <PageHead title="Buat surat keterangan" trail={[...CERTIFICATES_TRAIL, { href: back, label: begun.headName }]}
        lead="Menerangkan bahwa warga ini terdaftar, dengan NIK dan Nomor KK utuh. Setiap surat bernomor dan tercatat." />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      {begun.whyNot ? (
        <Notice tone="warn" title="Surat belum bisa dibuat"><p>{begun.whyNot}</p><p><a href={back}>Buka rumah tangganya</a></p></Notice>
      ) : (
        <Form action="/certificates">
          <HiddenField name="id" value={typed.id ?? ''} />
          <HiddenField name="household" value={begun.id} />
          <Card title="Isi surat">
            <SelectField {...field('memberSeq')} required options={begun.people.map(({ seq, name }) => ({ value: String(seq), label: name }))} />
            <SelectField {...field('purpose')} required options={Object.entries(PURPOSE_WORDS).map(([value, label]) => ({ value, label }))} />
            <TextField {...field('purposeNote')} maxlength={150} hint="Misalnya nama sekolah atau rumah sakit. Wajib untuk keperluan lain." />
            <SelectField {...field('days')} required blank="" value={typed.days ?? '90'} options={DAYS} />
          </Card>
          <Card title="Penanda tangan">
            <TextField {...field('signatoryName')} required maxlength={100} autocomplete="off" />
            <FieldRow>
              <TextField {...field('signatoryPosition')} required maxlength={100} hint="Misalnya: Kepala Desa, Kepala Dinas Sosial" />
              <TextField {...field('signatoryNip')} maxlength={30} inputmode="numeric" />
            </FieldRow>
          </Card>
          <ActionBar><Button>Buat surat</Button><LinkButton tone="quiet" href={back}>Batal</LinkButton></ActionBar>
        </Form>
      )}
    </Narrow>
  )
}
