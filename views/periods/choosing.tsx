import type { ListedPeriod } from '#app/periods/periods.ts'
import { Button } from '#views/ui/button.tsx'
import { FieldRow, SelectField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'

type Props = { periods: ListedPeriod[], from?: string, to?: string }

// The two newest are what is asked for most.
export const Choosing = ({ periods, from = periods[1]?.id, to = periods[0]?.id }: Props) => {
  const options = periods.map(({ id, name, regionName, regionCode }) => ({ value: id, label: regionCode ? `${name} (${regionName})` : name }))
  return (
    <Form action="/periods/comparisons" guard={false}>
      <FieldRow>
        <SelectField name="from" label="Periode lama" required value={from} options={options} />
        <SelectField name="to" label="Periode baru" required value={to} options={options} />
      </FieldRow>
      <Button tone="secondary">Bandingkan</Button>
    </Form>
  )
}
