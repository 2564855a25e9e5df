// Needs, in the namespace `shop`:
// - Secret/events-credentials with the keys `password` and `billing-password`
// - Secret/events-tls with the keys `tls.crt` and `tls.key`
import { App, Chart, Size } from 'cdk8s';
import { Client, Nats, SingleInstanceDb, Tls } from 'cdk8s-stateful';

const app = new App({ outdir: 'manifests' });
const shop = new Chart(app, 'nats', { namespace: 'shop' });

// The shop publishes and makes the streams; billing reads what was ordered, and nothing else.
new SingleInstanceDb(shop, 'events', {
  engine: Nats.v2({
    users: [
      { name: 'shop' },
      { name: 'billing', publish: ['$JS.API.CONSUMER.>', '$JS.ACK.orders.>'], subscribe: ['_INBOX.>'] },
    ],
  }),
  storage: { size: Size.gibibytes(20) },
  tls: Tls.fromSecret('events-tls', { required: true }),
  settings: { max_payload: '4MB' },
  network: { allowFrom: [Client.pods({ app: 'shop' }), Client.pods({ app: 'billing' })] },
});
app.synth();
