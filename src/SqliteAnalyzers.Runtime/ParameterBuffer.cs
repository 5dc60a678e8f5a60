using System;
using System.Text;

namespace SqliteAnalyzers.Runtime;

/// <summary>What a parameter holds, as SQLite stores it.</summary>
internal enum ParameterKind : byte
{
    Unset = 0,
    Null,
    Integer,
    Real,
    Text,
    Blob,
}

/// <summary>
/// The values of one or more rows of parameters before SQLite gets them. Nothing is boxed and nothing is allocated once the buffer has grown to
/// the largest rows: numbers stand in one array, text (as UTF-8) and blobs one after another in another.
/// </summary>
internal sealed class ParameterBuffer
{
    // Up to this length it is faster to make room for the worst case than to count first.
    private const int LongText = 1 << 16;

    private readonly ParameterKind[] _kinds;
    private readonly long[] _values;
    private byte[] _bytes = NewBytes(256);
    private int _bytesUsed;

    public ParameterBuffer(int count)
    {
        _kinds = new ParameterKind[count];
        _values = new long[count];
    }

    public int Count => _kinds.Length;

    /// <summary>How many bytes of text and blobs are in the buffer.</summary>
    public int BytesUsed => _bytesUsed;

    public ParameterKind Kind(int index) => _kinds[index];

    public long Integer(int index) => _values[index];

    public double Real(int index) => BitConverter.Int64BitsToDouble(_values[index]);

    /// <summary>The text, as UTF-8, or the blob.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => _bytes.AsSpan((int)(_values[index] >> 32), (int)_values[index]);

#if NET
    /// <summary>Where texts and blobs begin. It moves when a value is set.</summary>
    public unsafe byte* BytesAddress => (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_bytes));

    public ReadOnlySpan<ParameterKind> Kinds(int start, int count) => _kinds.AsSpan(start, count);

    /// <summary>Integers as they are, reals by their bits, texts and blobs as offset (upper half) and length (lower half).</summary>
    public ReadOnlySpan<long> Numbers(int start, int count) => _values.AsSpan(start, count);
#endif

    public void SetNull(int index) => _kinds[index] = ParameterKind.Null;

    public void SetInteger(int index, long value)
    {
        _kinds[index] = ParameterKind.Integer;
        _values[index] = value;
    }

    public void SetReal(int index, double value)
    {
        _kinds[index] = ParameterKind.Real;
        _values[index] = BitConverter.DoubleToInt64Bits(value);
    }

    public void SetText(int index, ReadOnlySpan<char> value)
    {
#if NET
        var size = value.Length <= LongText ? Encoding.UTF8.GetMaxByteCount(value.Length) : Encoding.UTF8.GetByteCount(value);
        var room = Room(size);
        var length = Encoding.UTF8.GetBytes(value, room);
#else
        var length = SetUtf8Bytes(value);
#endif
        Keep(index, ParameterKind.Text, length);
    }

    public void SetUtf8(int index, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Keep(index, ParameterKind.Text, value.Length);
    }

    public void SetBlob(int index, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Keep(index, ParameterKind.Blob, value.Length);
    }

    /// <summary>Free bytes to write a text or a blob into, which <see cref="Keep"/> then makes the parameter's value.</summary>
    public Span<byte> Room(int size)
    {
        if (_bytes.Length - _bytesUsed < size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(_bytesUsed);
    }

    public void Keep(int index, ParameterKind kind, int length)
    {
        _kinds[index] = kind;
        _values[index] = ((long)_bytesUsed << 32) | (uint)length;
        _bytesUsed += length;
    }

    /// <summary>The first parameter from <paramref name="start"/> on without a value, or -1.</summary>
    public int FirstUnset(int start, int count)
    {
        for (var i = start; i < start + count; i++)
        {
            if (_kinds[i] == ParameterKind.Unset)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Forgets all values, so that none of them can turn up in a later row.</summary>
    public void Clear(int count)
    {
        Array.Clear(_kinds, 0, count);
        _bytesUsed = 0;
    }

    /// <summary>Forgets the values of a row that was not finished.</summary>
    public void ClearRow(int start, int count) => Array.Clear(_kinds, start, count);

    private void Grow(int size)
    {
        var needed = checked(_bytesUsed + size);
        var grown = NewBytes((int)Math.Min(Math.Max(needed, 2L * _bytes.Length), 0x7FFFFFC7));
        Buffer.BlockCopy(_bytes, 0, grown, 0, _bytesUsed);
        _bytes = grown;
    }

    // Pinned for good, so that SQLite can be given addresses in it.
    private static byte[] NewBytes(int size) =>
#if NET
        GC.AllocateUninitializedArray<byte>(size, pinned: true);
#else
        new byte[size];
#endif

#if !NET
    private unsafe int SetUtf8Bytes(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return 0;
        }

        fixed (char* characters = value)
        {
            var size = value.Length <= LongText ? Encoding.UTF8.GetMaxByteCount(value.Length) : Encoding.UTF8.GetByteCount(characters, value.Length);
            fixed (byte* bytes = Room(size))
            {
                return Encoding.UTF8.GetBytes(characters, value.Length, bytes, size);
            }
        }
    }
#endif
}
