using System;
using System.Buffers;
using System.Text;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// The values of one or more rows of parameters before SQLite gets them. Nothing is boxed and nothing is allocated once the buffer has grown to
/// the largest rows, up to a limit: text (as UTF-8) and blobs stand one after another in an array of their own.
/// </summary>
internal sealed class ParameterBuffer
{
    /// <summary>No parameters.</summary>
    public static readonly ParameterBuffer Empty = new(0);

    // Up to this length it is faster to make room for the worst case than to count first.
    private const int LongText = 1 << 16;
    private const int MostBytesPerCharacter = 3;

    // What is larger than this is given back when the values are forgotten.
    private const int MostBytesKept = 1 << 21;
    private const int FewestBytes = 256;
    private const int LongestArray = 0x7FFFFFC7;

    private BoundValue[] _values;
    private byte[] _bytes = [];
    private int _bytesUsed;
    private int _bytesReplaced;

    public ParameterBuffer(int count) => _values = new BoundValue[count];

    public int Count => _values.Length;

    /// <summary>How many bytes of text and blobs are in the buffer.</summary>
    public int BytesUsed => _bytesUsed - _bytesReplaced;

    public ParameterKind Kind(int index) => _values[index].Kind;

    public long Integer(int index) => _values[index].Number;

    public double Real(int index) => BitConverter.Int64BitsToDouble(_values[index].Number);

    /// <summary>The text, as UTF-8, or the blob.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => _bytes.AsSpan(Offset(index), Length(index));

#if NET
    /// <summary>Texts and blobs, in an array that does not move. Another takes its place when a value is set that it has no room for.</summary>
    public byte[] PinnedBytes => _bytes;

    public ReadOnlySpan<BoundValue> Values(int start, int count) => _values.AsSpan(start, count);
#endif

    /// <summary>Makes room for so many parameters, and forgets all values.</summary>
    public void Reset(int count)
    {
        if (_values.Length < count)
        {
            _values = new BoundValue[count];
        }

        Clear(_values.Length);
    }

    public void SetNull(int index) => Replace(index).Kind = ParameterKind.Null;

    public void SetInteger(int index, long value)
    {
        ref var bound = ref Replace(index);
        bound.Kind = ParameterKind.Integer;
        bound.Number = value;
    }

    public void SetReal(int index, double value)
    {
        ref var bound = ref Replace(index);
        bound.Kind = ParameterKind.Real;
        bound.Number = BitConverter.DoubleToInt64Bits(value);
    }

    public void SetText(int index, ReadOnlySpan<char> value)
    {
        Replace(index).Kind = ParameterKind.Unset;
#if NET
        var size = value.Length <= LongText ? value.Length * MostBytesPerCharacter : Encoding.UTF8.GetByteCount(value);
        var room = Room(size);

        // Most texts are ASCII, and this is the quickest way to find out.
        if (Ascii.FromUtf16(value, room, out var length) != OperationStatus.Done)
        {
            length += Encoding.UTF8.GetBytes(value[length..], room[length..]);
        }
#else
        var length = SetUtf8Bytes(value);
#endif
        Keep(index, ParameterKind.Text, length);
    }

    public void SetUtf8(int index, ReadOnlySpan<byte> value)
    {
        Replace(index).Kind = ParameterKind.Unset;
        value.CopyTo(Room(value.Length));
        Keep(index, ParameterKind.Text, value.Length);
    }

    public void SetBlob(int index, ReadOnlySpan<byte> value)
    {
        Replace(index).Kind = ParameterKind.Unset;
        value.CopyTo(Room(value.Length));
        Keep(index, ParameterKind.Blob, value.Length);
    }

#if NET
    /// <summary>Sets a text that is formatted in place.</summary>
    public void SetFormatted<T>(int index, T value, ReadOnlySpan<char> format)
        where T : IUtf8SpanFormattable
    {
        const int LongestFormatted = 64;
        Replace(index).Kind = ParameterKind.Unset;
        value.TryFormat(Room(LongestFormatted), out var length, format, System.Globalization.CultureInfo.InvariantCulture);
        Keep(index, ParameterKind.Text, length);
    }
#endif

    /// <summary>The first parameter from <paramref name="start"/> on without a value, or -1.</summary>
    public int FirstUnset(int start, int count)
    {
        var index = start;
        foreach (ref readonly var value in _values.AsSpan(start, count))
        {
            if (value.Kind == ParameterKind.Unset)
            {
                return index;
            }

            index++;
        }

        return -1;
    }

    /// <summary>Forgets all values, so that none of them can turn up in a later row.</summary>
    public void Clear(int count)
    {
        _values.AsSpan(0, count).Clear();
        _bytesUsed = _bytesReplaced = 0;
        if (_bytes.Length > MostBytesKept)
        {
            _bytes = [];
        }
    }

    /// <summary>Forgets the values of a row that was not finished.</summary>
    public void ClearRow(int start, int count)
    {
        for (var i = start; i < start + count; i++)
        {
            Replace(i).Kind = ParameterKind.Unset;
        }
    }

    private int Offset(int index) => (int)(_values[index].Number >> 32);

    private int Length(int index) => (int)_values[index].Number;

    // The parameter, with the bytes of the value before given back.
    private ref BoundValue Replace(int index)
    {
        ref var bound = ref _values[index];
        if (bound.Kind >= ParameterKind.Text)
        {
            GiveBack(index);
        }

        return ref bound;
    }

    private void GiveBack(int index)
    {
        if (Offset(index) + Length(index) == _bytesUsed)
        {
            _bytesUsed = Offset(index);
        }
        else
        {
            _bytesReplaced += Length(index);
        }
    }

    private Span<byte> Room(int size)
    {
        if (_bytes.Length - _bytesUsed < size)
        {
            Grow(size);
        }

        return _bytes.AsSpan(_bytesUsed);
    }

    private void Keep(int index, ParameterKind kind, int length)
    {
        ref var bound = ref _values[index];
        bound.Kind = kind;
        bound.Number = ((long)_bytesUsed << 32) | (uint)length;
        _bytesUsed += length;
    }

    // Takes along only what is still a value: without that, setting the same parameters again and again would grow the buffer without end.
    private void Grow(int size)
    {
        var needed = (long)BytesUsed + size;
        if (needed > LongestArray)
        {
            throw new ArgumentException("The values are larger than 2 GB together.");
        }

        var roomy = needed <= MostBytesKept ? Math.Max(needed, Math.Min(2L * _bytes.Length, MostBytesKept)) : Math.Min(needed + (needed / 4), LongestArray);
        var grown = NewBytes((int)Math.Max(roomy, FewestBytes));
        var used = 0;
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i].Kind >= ParameterKind.Text)
            {
                Buffer.BlockCopy(_bytes, Offset(i), grown, used, Length(i));
                _values[i].Number = ((long)used << 32) | (uint)Length(i);
                used += Length(i);
            }
        }

        _bytes = grown;
        _bytesUsed = used;
        _bytesReplaced = 0;
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
