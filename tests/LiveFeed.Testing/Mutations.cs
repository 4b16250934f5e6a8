namespace LiveFeed.Testing;

/// <summary>What strangers send: noise, and good bytes that were damaged.</summary>
public static class Mutations
{
    /// <summary>Some bytes changed, left out, put in or doubled; most stay.</summary>
    public static byte[] Mutated(this Random random, byte[] good)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bytes = good.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var (at, piece) = (random.Next(bytes.Count), random.Next(1, 9));
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(piece, bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, random.Some(piece));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(0, Math.Min(at, piece)));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(3) == 0 ? bytes.Count - at : 0);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>So many random bytes.</summary>
    public static byte[] Some(this Random random, int count)
    {
        ArgumentNullException.ThrowIfNull(random);
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
