using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Stores .NET values exactly as Microsoft.Data.Sqlite's parameters do.
/// Source: <see href="https://learn.microsoft.com/dotnet/standard/data/sqlite/types"/>, and tests that compare value by value.
/// </summary>
internal static class ParameterValue
{
    private const string DateTimeFormat = @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF";
    private const string DateTimeOffsetFormat = @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFFzzz";
    private const string DecimalFormat = "0.0###########################";
    private const string DateFormat = @"yyyy\-MM\-dd";
    private const string TimeFormat = @"HH\:mm\:ss";
    private const string TimeWithFractionFormat = @"HH\:mm\:ss.fffffff";

    // For each T the just-in-time compiler drops all branches but one, and nothing is boxed.
    public static void Set<T>(ParameterBuffer buffer, int index, T value)
    {
        if (typeof(T).IsValueType)
        {
            if (!SetValueType(buffer, index, value))
            {
                SetEnumOrBoxed(buffer, index, value);
            }
        }
        else if (value is null)
        {
            buffer.SetNull(index);
        }
        else if (value is string text)
        {
            buffer.SetText(index, text.AsSpan());
        }
        else
        {
            SetObject(buffer, index, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool SetValueType<T>(ParameterBuffer buffer, int index, T value)
    {
        if (typeof(T) == typeof(long)) { buffer.SetInteger(index, Unsafe.As<T, long>(ref value)); }
        else if (typeof(T) == typeof(int)) { buffer.SetInteger(index, Unsafe.As<T, int>(ref value)); }
        else if (typeof(T) == typeof(double)) { SetReal(buffer, index, Unsafe.As<T, double>(ref value)); }
        else if (typeof(T) == typeof(bool)) { buffer.SetInteger(index, Unsafe.As<T, bool>(ref value) ? 1 : 0); }
        else if (typeof(T) == typeof(byte)) { buffer.SetInteger(index, Unsafe.As<T, byte>(ref value)); }
        else if (typeof(T) == typeof(sbyte)) { buffer.SetInteger(index, Unsafe.As<T, sbyte>(ref value)); }
        else if (typeof(T) == typeof(short)) { buffer.SetInteger(index, Unsafe.As<T, short>(ref value)); }
        else if (typeof(T) == typeof(ushort)) { buffer.SetInteger(index, Unsafe.As<T, ushort>(ref value)); }
        else if (typeof(T) == typeof(uint)) { buffer.SetInteger(index, Unsafe.As<T, uint>(ref value)); }
        else if (typeof(T) == typeof(ulong)) { buffer.SetInteger(index, unchecked((long)Unsafe.As<T, ulong>(ref value))); }
        else if (typeof(T) == typeof(float)) { SetReal(buffer, index, Unsafe.As<T, float>(ref value)); }
        else if (typeof(T) == typeof(decimal)) { SetDecimal(buffer, index, Unsafe.As<T, decimal>(ref value)); }
        else if (typeof(T) == typeof(DateTime)) { SetDateTime(buffer, index, Unsafe.As<T, DateTime>(ref value)); }
        else if (typeof(T) == typeof(DateTimeOffset)) { SetDateTimeOffset(buffer, index, Unsafe.As<T, DateTimeOffset>(ref value)); }
        else if (typeof(T) == typeof(TimeSpan)) { SetTimeSpan(buffer, index, Unsafe.As<T, TimeSpan>(ref value)); }
        else if (typeof(T) == typeof(Guid)) { SetGuid(buffer, index, Unsafe.As<T, Guid>(ref value)); }
        else if (typeof(T) == typeof(char)) { SetChar(buffer, index, Unsafe.As<T, char>(ref value)); }
#if NET
        else if (typeof(T) == typeof(DateOnly)) { SetDateOnly(buffer, index, Unsafe.As<T, DateOnly>(ref value)); }
        else if (typeof(T) == typeof(TimeOnly)) { SetTimeOnly(buffer, index, Unsafe.As<T, TimeOnly>(ref value)); }
#endif
        else
        {
            return false;
        }

        return true;
    }

    private static void SetEnumOrBoxed<T>(ParameterBuffer buffer, int index, T value)
    {
        if (typeof(T).IsEnum)
        {
            buffer.SetInteger(index, EnumNumber<T>.Of(value));
        }
        else if (value is null)
        {
            buffer.SetNull(index);
        }
        else
        {
            SetObject(buffer, index, value);
        }
    }

    private static void SetObject(ParameterBuffer buffer, int index, object value)
    {
        switch (value)
        {
            case DBNull: buffer.SetNull(index); break;
            case string text: buffer.SetText(index, text.AsSpan()); break;
            case byte[] blob: buffer.SetBlob(index, blob); break;
            case long number: buffer.SetInteger(index, number); break;
            case int number: buffer.SetInteger(index, number); break;
            case double number: SetReal(buffer, index, number); break;
            case bool flag: buffer.SetInteger(index, flag ? 1 : 0); break;
            case byte number: buffer.SetInteger(index, number); break;
            case sbyte number: buffer.SetInteger(index, number); break;
            case short number: buffer.SetInteger(index, number); break;
            case ushort number: buffer.SetInteger(index, number); break;
            case uint number: buffer.SetInteger(index, number); break;
            case ulong number: buffer.SetInteger(index, unchecked((long)number)); break;
            case float number: SetReal(buffer, index, number); break;
            case decimal number: SetDecimal(buffer, index, number); break;
            case DateTime time: SetDateTime(buffer, index, time); break;
            case DateTimeOffset time: SetDateTimeOffset(buffer, index, time); break;
            case TimeSpan time: SetTimeSpan(buffer, index, time); break;
            case Guid guid: SetGuid(buffer, index, guid); break;
            case char character: SetChar(buffer, index, character); break;
#if NET
            case DateOnly date: SetDateOnly(buffer, index, date); break;
            case TimeOnly time: SetTimeOnly(buffer, index, time); break;
#endif
            case Enum number:
                buffer.SetInteger(index, number.GetTypeCode() == TypeCode.UInt64
                    ? unchecked((long)Convert.ToUInt64(number, CultureInfo.InvariantCulture))
                    : Convert.ToInt64(number, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"SQLite has no type for a value of type {value.GetType()}.", nameof(value));
        }
    }

    // SQLite would store NULL.
    private static void SetReal(ParameterBuffer buffer, int index, double value)
    {
        if (double.IsNaN(value))
        {
            throw new ArgumentException("SQLite cannot store NaN.", nameof(value));
        }

        buffer.SetReal(index, value);
    }

    private static void SetChar(ParameterBuffer buffer, int index, char value)
    {
        Span<char> text = stackalloc char[1];
        text[0] = value;
        buffer.SetText(index, text);
    }

#if NET
    private static void SetDateTime(ParameterBuffer buffer, int index, DateTime value) => SetFormatted(buffer, index, value, DateTimeFormat);

    private static void SetDateTimeOffset(ParameterBuffer buffer, int index, DateTimeOffset value) => SetFormatted(buffer, index, value, DateTimeOffsetFormat);

    private static void SetDateOnly(ParameterBuffer buffer, int index, DateOnly value) => SetFormatted(buffer, index, value, DateFormat);

    private static void SetTimeOnly(ParameterBuffer buffer, int index, TimeOnly value) =>
        SetFormatted(buffer, index, value, value.Ticks % TimeSpan.TicksPerSecond == 0 ? TimeFormat : TimeWithFractionFormat);

    private static void SetTimeSpan(ParameterBuffer buffer, int index, TimeSpan value) => SetFormatted(buffer, index, value, "c");

    private static void SetDecimal(ParameterBuffer buffer, int index, decimal value) => SetFormatted(buffer, index, value, DecimalFormat);

    private static void SetGuid(ParameterBuffer buffer, int index, Guid value)
    {
        var room = buffer.Room(36);
        value.TryFormat(room, out var length);
        for (var i = 0; i < length; i++)
        {
            if (room[i] is >= (byte)'a' and <= (byte)'f')
            {
                room[i] -= 'a' - 'A';
            }
        }

        buffer.Keep(index, ParameterKind.Text, length);
    }

    private static void SetFormatted<T>(ParameterBuffer buffer, int index, T value, string format)
        where T : IUtf8SpanFormattable
    {
        const int LongestFormatted = 64;
        value.TryFormat(buffer.Room(LongestFormatted), out var length, format, CultureInfo.InvariantCulture);
        buffer.Keep(index, ParameterKind.Text, length);
    }
#else
    private static void SetDateTime(ParameterBuffer buffer, int index, DateTime value) => SetFormatted(buffer, index, value, DateTimeFormat);

    private static void SetDateTimeOffset(ParameterBuffer buffer, int index, DateTimeOffset value) => SetFormatted(buffer, index, value, DateTimeOffsetFormat);

    private static void SetTimeSpan(ParameterBuffer buffer, int index, TimeSpan value) => SetFormatted(buffer, index, value, "c");

    private static void SetDecimal(ParameterBuffer buffer, int index, decimal value) => SetFormatted(buffer, index, value, DecimalFormat);

    private static void SetGuid(ParameterBuffer buffer, int index, Guid value) =>
        buffer.SetText(index, value.ToString().ToUpperInvariant().AsSpan());

    private static void SetFormatted<T>(ParameterBuffer buffer, int index, T value, string format)
        where T : IFormattable => buffer.SetText(index, value.ToString(format, CultureInfo.InvariantCulture).AsSpan());
#endif

    private static class EnumNumber<T>
    {
        private static readonly TypeCode s_type = Type.GetTypeCode(typeof(T));

        public static long Of(T value) => s_type switch
        {
            TypeCode.SByte => Unsafe.As<T, sbyte>(ref value),
            TypeCode.Byte => Unsafe.As<T, byte>(ref value),
            TypeCode.Int16 => Unsafe.As<T, short>(ref value),
            TypeCode.UInt16 => Unsafe.As<T, ushort>(ref value),
            TypeCode.Int32 => Unsafe.As<T, int>(ref value),
            TypeCode.UInt32 => Unsafe.As<T, uint>(ref value),
            _ => Unsafe.As<T, long>(ref value),
        };
    }
}
