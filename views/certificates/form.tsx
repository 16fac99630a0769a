import type { CertificateBeginning } from '#app/certificates/certificates.ts'
import { LETTER_LABELS, PurposeFields, SignatoryCard } from '#views/certificates/letter-fields.tsx'
import { CERTIFICATES_TRAIL } from '#views/certificates/words.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { HiddenField, SelectField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

type Trouble = { message: string, fields: Record<string, string>, status: number }
type Props = { begun: CertificateBeginning, typed: Record<string, string>, problem?: Trouble }

const LABELS = { memberSeq: 'Surat untuk', ...LETTER_LABELS }

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
            <PurposeFields field={field} days="90" />
          </Card>
          <SignatoryCard field={field} />
          <ActionBar><Button>Buat surat</Button><LinkButton tone="quiet" href={back}>Batal</LinkButton></ActionBar>
        </Form>
      )}
    </Narrow>
  )
}
