using System;

namespace SqliteAnalyzers.Runtime;

/// <summary>Parameters that are numbered from 1 on, somewhere in a buffer: those of a statement, or the columns of a row.</summary>
internal readonly struct ParameterSlots(ParameterBuffer values, int start, int count)
{
    public void Set<T>(int number, T value, string argument) => ParameterValue.Set(values, Position(number, argument), value);

    public void Set<T>(int number, T? value, string argument)
        where T : struct
    {
        if (value.HasValue)
        {
            Set(number, value.GetValueOrDefault(), argument);
        }
        else
        {
            SetNull(number, argument);
        }
    }

    public void Set(int number, string? value, string argument)
    {
        var position = Position(number, argument);
        if (value is null)
        {
            values.SetNull(position);
        }
        else
        {
            values.SetText(position, value.AsSpan());
        }
    }

    public void SetText(int number, ReadOnlySpan<char> value, string argument) => values.SetText(Position(number, argument), value);

    public void SetUtf8(int number, ReadOnlySpan<byte> value, string argument) => values.SetUtf8(Position(number, argument), value);

    public void SetBlob(int number, ReadOnlySpan<byte> value, string argument) => values.SetBlob(Position(number, argument), value);

    public void SetNull(int number, string argument) => values.SetNull(Position(number, argument));

    // Static: what is passed by its address cannot stay in registers.
    private static void ThrowOutOfRange(int number, int count, string argument) =>
        throw new ArgumentOutOfRangeException(argument, number, count == 0 ? "There are no parameters." : $"They are numbered from 1 to {count}.");

    private int Position(int number, string argument)
    {
        if ((uint)(number - 1) >= (uint)count)
        {
            ThrowOutOfRange(number, count, argument);
        }

        return start + number - 1;
    }
}
