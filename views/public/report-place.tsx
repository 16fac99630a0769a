import type { PickerLevel } from '#app/regions/picker.ts'
import type { ReportKind } from '#app/reports/reports.ts'
import { PlaceFields } from '#views/public/place.tsx'
import { KIND_WORDS } from '#views/public/words.ts'
import { Button } from '#views/ui/button.tsx'
import { HiddenField } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

// tried: something was chosen, but not yet down to the desa.
export const ReportPlacePage = ({ kind, levels, tried }: { kind: ReportKind, levels: PickerLevel[], tried: boolean }) => (
  <Narrow>
    <PageHead title={`Kirim ${kind}`} lead={`Langkah 1 dari 2. ${KIND_WORDS[kind].what}`} trail={[{ href: '/lapor', label: 'Usul dan sanggah' }]} />
    <Card>
      <Form action="/lapor/new" method="get">
        <HiddenField name="kind" value={kind} />
        <PlaceFields levels={levels} legend="Di mana orang itu tinggal?" hint={tried ? 'Lanjutkan memilih sampai desa/kelurahan.' : 'Pilih sampai desa/kelurahan.'} />
        <Button>Lanjut</Button>
      </Form>
    </Card>
  </Narrow>
)
