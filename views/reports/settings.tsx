import type { Problem } from '#app/problems.ts'
import type { Template } from '#app/reports/templates.ts'
import type { Terms } from '#app/reports/terms.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { Button, PostButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, HiddenField, NumberField, SelectField, TextArea, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate } from '#views/ui/format.ts'
import { Card, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Props = { terms: Terms[], templates: Template[], today: string, templateKey: string, typed: Record<string, string>, problem?: Problem }

const USES: Record<Template['use'], string> = { question: 'Bertanya kepada pelapor', accepted: 'Laporan diterima', refused: 'Laporan tidak diterima' }
const LABELS = { validFrom: 'Mulai berlaku', villageDays: 'Desa', districtDays: 'Kecamatan', regencyDays: 'Dinsos', waitDays: 'Menunggu pelapor', retentionMonths: 'Masa simpan data pelapor', source: 'Dasar', label: 'Nama', text: 'Kalimat', use: 'Guna' }

export const SettingsPage = (props: Props) => (
  <Stack>
    <PageHead title="Aturan laporan warga" lead="Berapa hari tiap tingkat punya waktu menjawab usul dan sanggah, dan kalimat yang bisa dipakai petugas." />
    {props.problem && <ProblemPanel problem={props.problem} labels={LABELS} />}
    <TermsCard {...props} />
    <TemplatesCard {...props} />
    <p>Daftar alasan usul, sanggah, dan penolakan diatur di halaman <a href="/reasons">alasan</a>.</p>
  </Stack>
)

const TermsCard = ({ terms, today, typed, problem }: Props) => {
  const now = terms.find(({ validFrom }) => validFrom <= today)
  const value = (key: 'villageDays' | 'districtDays' | 'regencyDays' | 'waitDays' | 'retentionMonths') => typed[key] ?? now?.[key]
  const error = problem?.fields ?? {}
  return (
    <Card title="Batas waktu">
      <Table caption="Batas waktu yang dicatat" hideCaption dense columns={['Mulai berlaku', 'Desa', 'Kecamatan', 'Dinsos', 'Menunggu pelapor', 'Simpan data pelapor', 'Dasar']}>
        {terms.map((row) => (
          <Row tone={row === now ? 'good' : undefined}>
            <Cell label="Mulai berlaku" lead>{formatDate(row.validFrom)}{row === now && ' (berlaku sekarang)'}</Cell>
            <Cell label="Desa">{row.villageDays} hari</Cell><Cell label="Kecamatan">{row.districtDays} hari</Cell><Cell label="Dinsos">{row.regencyDays} hari</Cell>
            <Cell label="Menunggu pelapor">{row.waitDays} hari</Cell><Cell label="Simpan data pelapor">{row.retentionMonths} bulan</Cell><Cell label="Dasar">{row.source}</Cell>
          </Row>
        ))}
      </Table>
      <h3>Ubah batas waktu</h3>
      <Form action="/reports/settings/terms">
        <FieldRow>
          <DateField name="validFrom" label="Mulai berlaku" required value={typed.validFrom ?? today} min={today} error={error.validFrom} />
          <NumberField name="villageDays" label="Desa menjawab dalam" unit="hari" required min={1} max={90} value={value('villageDays')} error={error.villageDays} />
          <NumberField name="districtDays" label="Kecamatan menjawab dalam" unit="hari" required min={1} max={90} value={value('districtDays')} error={error.districtDays} />
          <NumberField name="regencyDays" label="Dinsos menjawab dalam" unit="hari" required min={1} max={90} value={value('regencyDays')} error={error.regencyDays} />
          <NumberField name="waitDays" label="Menunggu pelapor selama" unit="hari" required min={1} max={180} value={value('waitDays')} error={error.waitDays} />
          <NumberField name="retentionMonths" label="Nama dan kontak pelapor disimpan" unit="bulan" required min={1} max={120} value={value('retentionMonths')} error={error.retentionMonths} hint="Dihitung sejak laporan ditutup; sesudahnya dihapus. Isi laporan dan hasilnya tetap ada." />
        </FieldRow>
        <TextField name="source" label="Dasar" required maxlength={200} value={typed.source} error={error.source} hint="Nomor keputusan atau surat edaran." />
        <Button>Simpan batas waktu</Button>
      </Form>
    </Card>
  )
}

const TemplatesCard = ({ templates, templateKey, typed, problem }: Props) => {
  const error = problem?.fields ?? {}
  return (
    <Card title="Contoh jawaban">
      <Table caption="Contoh jawaban" hideCaption dense columns={['Nama', 'Guna', 'Kalimat', { label: 'Tindakan', hide: true }]}>
        {templates.map(({ code, use, label, text, retiredOn }) => (
          <Row>
            <Cell label="Nama" lead>{label}</Cell><Cell label="Guna">{USES[use]}</Cell><Cell label="Kalimat">{text}</Cell>
            <Cell label="Tindakan" actions>{retiredOn
              ? <small class="hint">tidak ditawarkan sejak {formatDate(retiredOn)}</small>
              : <PostButton action={`/reports/settings/templates/${code}/retirement`} tone="secondary" small>Jangan tawarkan lagi<span class="unseen">: {label}</span></PostButton>}</Cell>
          </Row>
        ))}
      </Table>
      <h3>Tambah contoh jawaban</h3>
      <Form action="/reports/settings/templates">
        <HiddenField name="code" value={typed.code ?? templateKey} />
        <SelectField name="use" label="Guna" required value={typed.use} error={error.use} options={Object.entries(USES).map(([value, label]) => ({ value, label }))} />
        <TextField name="label" label="Nama singkat" required maxlength={80} value={typed.label} error={error.label} />
        <TextArea name="text" label="Kalimat untuk pelapor" required rows={4} maxlength={2000} value={typed.text} error={error.text} />
        <Button>Tambah contoh jawaban</Button>
      </Form>
    </Card>
  )
}
