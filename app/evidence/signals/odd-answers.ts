import { fine, look, type Signal } from '#app/evidence/signal.ts'

export const judgeOddness = (warnings: readonly { message: string }[]): Signal[] => [warnings.length > 0
  ? look('odd_answers', `${warnings.length} jawaban perlu dilihat: ${warnings.slice(0, 3).map(({ message }) => message).join(' ')}`, { warnings: warnings.length })
  : fine('odd_answers', 'Tidak ada jawaban yang saling bertentangan.')]
