const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Whether this is a range of addresses in CIDR notation, as Kubernetes and database servers read it: `10.0.0.0/8`, `fd00::/8`. */
export function isAddressRange(range: string): boolean {
  const [, address, bits] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(range) ?? [];
  if (address === undefined) { return false; }
  return IPV4.test(address) ? Number(bits) <= 32 : isIpv6(address) && Number(bits) <= 128;
}

// Eight groups, or fewer around one "::". The form with an IPv4 address at its end is not needed for ranges.
function isIpv6(address: string): boolean {
  const halves = address.split('::').map(half => (half === '' ? [] : half.split(':')));
  const groups = halves.flat();
  return groups.every(group => /^[0-9a-f]{1,4}$/i.test(group)) && (halves.length === 2 ? groups.length < 8 : halves.length === 1 && groups.length === 8);
}
