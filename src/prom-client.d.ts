/**
 * The parts of `prom-client` 15.1.3 by themselves, since all of it together loads OpenTelemetry, which takes 50 ms of every start; the
 * package has types for the whole alone. Each module is what the whole calls by this name.
 */
declare module 'prom-client/lib/registry.js' {
  import { Registry } from 'prom-client'
  export default Registry
}
declare module 'prom-client/lib/counter.js' {
  import { Counter } from 'prom-client'
  export default Counter
}
declare module 'prom-client/lib/gauge.js' {
  import { Gauge } from 'prom-client'
  export default Gauge
}
declare module 'prom-client/lib/histogram.js' {
  import { Histogram } from 'prom-client'
  export default Histogram
}
