import type { RuleView } from '#app/protection/rule-setting.ts'
import { ProblemPanel } from '#views/problem.tsx'
import { RETENTION, RETENTION_TRAIL } from '#views/protection/words.ts'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, LinkButton } from '#views/ui/button.tsx'
import { DateField, FieldRow, NumberField, TextField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { formatDate, formatNumber } from '#views/ui/format.ts'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { view: RuleView, typed: Record<string, string>, today: string, problem?: { message: string, fields: Record<string, string> } }
const LABELS = { days: 'Disimpan selama', validFrom: 'Mulai berlaku', source: 'Dasar' }

// First looked at, then set: what is deleted cannot be brought back.
export const RulePage = ({ view: { kind, least, rule, rules, due }, typed, today, problem }: Props) => {
  const error = problem?.fields ?? {}
  const path = `/protection/retention/${kind}`
  return (
    <Narrow>
      <PageHead title={RETENTION[kind]!.label} trail={RETENTION_TRAIL} lead={`Sekarang disimpan ${rule.days === null ? 'seterusnya' : `${formatNumber(rule.days)} hari`}. Yang lewat masanya dihapus setiap malam dan tidak bisa dikembalikan.`} />
      {problem && <ProblemPanel problem={problem} labels={LABELS} />}
      {!problem && typed.days && <Notice tone={due ? 'warn' : 'info'} title={`Bila disimpan ${formatNumber(Number(typed.days))} hari`}>
        <p>{due === undefined ? 'Jumlahnya baru diketahui saat malam tiba.' : due === 0 ? 'Belum ada yang sudah waktunya dihapus.' : `${formatNumber(due)} baris sudah waktunya dan dihapus pada malam pertama.`}</p>
      </Notice>}
      <Card title="Aturan baru">
        <Form action={path}>
          <FieldRow>
            <NumberField name="days" label={LABELS.days} unit="hari" required min={least} max={7300} value={typed.days ?? rule.days ?? undefined} error={error.days} hint={`Paling sedikit ${formatNumber(least)} hari.`} />
            <DateField name="validFrom" label={LABELS.validFrom} required min={today} value={typed.validFrom ?? today} error={error.validFrom} />
          </FieldRow>
          <TextField name="source" label={LABELS.source} required maxlength={300} value={typed.source} error={error.source} hint="Nomor keputusan atau pasal yang menjadi dasar." />
          <ActionBar>
            <Button tone="secondary" formaction={path} formmethod="get">Hitung dahulu</Button>
            <Button>Simpan masa simpan</Button>
            <LinkButton href="/protection/retention" tone="quiet">Batal</LinkButton>
          </ActionBar>
        </Form>
      </Card>
      <Card title="Aturan yang pernah dan akan berlaku">
        <Table caption="Aturan" hideCaption dense columns={['Mulai berlaku', right('Disimpan'), 'Dasar']}>
          {rules.map((one) => (
            <Row tone={one.validFrom === rule.validFrom ? 'good' : undefined}>
              <Cell label="Mulai berlaku" lead>{formatDate(one.validFrom)}{one.validFrom === rule.validFrom && ' (berlaku sekarang)'}</Cell>
              <Cell label="Disimpan" align="right">{one.days === null ? 'Seterusnya' : `${formatNumber(one.days)} hari`}</Cell><Cell label="Dasar"><small>{one.source}</small></Cell>
            </Row>
          ))}
        </Table>
      </Card>
    </Narrow>
  )
}
