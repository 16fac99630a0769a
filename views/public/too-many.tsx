import { formatTime } from '#views/ui/format.ts'
import { Card, Narrow, PageHead } from '#views/ui/page.tsx'

export const TooManyPage = ({ message, openAt, seconds }: { message: string, openAt: string, seconds: number }) => (
  <Narrow>
    <PageHead title="Coba lagi nanti" />
    <Card tone="warn">
      <p>{message}</p>
      <p><strong>Coba lagi {inWords(seconds)} lagi, sesudah pukul <time datetime={openAt}>{formatTime(openAt)}</time>.</strong></p>
      <p>Batas ini menjaga data warga supaya tidak dikumpulkan orang. Bila mendesak, datanglah ke kantor desa/kelurahan.</p>
    </Card>
  </Narrow>
)

const inWords = (seconds: number) => seconds <= 90 ? 'sekitar satu menit' : seconds < 5400 ? `sekitar ${Math.ceil(seconds / 60)} menit` : `sekitar ${Math.ceil(seconds / 3600)} jam`
