import { codeAt, secondsLeft } from '#app/sessions/totp.ts'
import { DEMO_FACTOR } from '#db/seeds/demo-users.ts'

// The six digits that the demo's pengesah, pusdatin and admin are asked for, as an authenticator would show them now.
const now = Date.now()
console.log(`${codeAt(DEMO_FACTOR, now)}  (berlaku ${secondsLeft(now)} detik lagi; tiap kode hanya sekali untuk tiap akun)`)
