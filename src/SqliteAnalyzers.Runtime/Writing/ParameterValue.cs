using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

namespace SqliteAnalyzers.Runtime;

/// <summary>
/// Stores .NET values exactly as Microsoft.Data.Sqlite's parameters do, and those that only its version 11 knows as that one does.
/// Source: <see href="https://learn.microsoft.com/dotnet/standard/data/sqlite/types"/>, and tests that compare value by value.
/// </summary>
internal static class ParameterValue
{
    private const string DateTimeFormat = @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF";
    private const string DateTimeOffsetFormat = @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFFzzz";
    private const string DecimalFormat = "0.0###########################";
    private const string TimeSpanFormat = "c";
    private const string DateFormat = @"yyyy\-MM\-dd";
    private const string TimeFormat = @"HH\:mm\:ss";
    private const string TimeWithFractionFormat = @"HH\:mm\:ss.fffffff";
    private const string UInt128Format = "D39";

    private static readonly Dictionary<Type, Writer> s_writers = new Writer[]
    {
        new Writer<long>(static (buffer, index, value) => buffer.SetInteger(index, value)),
        new Writer<int>(static (buffer, index, value) => buffer.SetInteger(index, value)),
        new Writer<short>(static (buffer, index, value) => buffer.SetInteger(index, value)),
        new Writer<sbyte>(static (buffer, index, value) => buffer.SetInteger(index, value)),
        new Writer<ulong>(static (buffer, index, value) => buffer.SetInteger(index, unchecked((long)value))),
        new Writer<uint>(static (buffer, index, value) => buffer.SetInteger(index, value)),
        new Writer<ushort>(static (buffer, index, value) => buffer.SetInteger(index, value)),
        new Writer<byte>(static (buffer, index, value) => buffer.SetInteger(index, value)),
        new Writer<bool>(static (buffer, index, value) => buffer.SetInteger(index, value ? 1 : 0)),
        new Writer<double>(SetReal),
        new Writer<float>(static (buffer, index, value) => SetReal(buffer, index, value)),
        new Writer<byte[]>(static (buffer, index, value) => buffer.SetBlob(index, value)),
        new Writer<Memory<byte>>(static (buffer, index, value) => buffer.SetBlob(index, value.Span)),
        new Writer<ReadOnlyMemory<byte>>(static (buffer, index, value) => buffer.SetBlob(index, value.Span)),
        new Writer<DBNull>(static (buffer, index, _) => buffer.SetNull(index)),
        new Writer<char>(SetChar),
        new Writer<Guid>(SetGuid),
        new Writer<decimal>(static (buffer, index, value) => SetFormatted(buffer, index, value, DecimalFormat)),
        new Writer<DateTime>(static (buffer, index, value) => SetFormatted(buffer, index, value, DateTimeFormat)),
        new Writer<DateTimeOffset>(static (buffer, index, value) => SetFormatted(buffer, index, value, DateTimeOffsetFormat)),
        new Writer<TimeSpan>(static (buffer, index, value) => SetFormatted(buffer, index, value, TimeSpanFormat)),
#if NET
        new Writer<DateOnly>(static (buffer, index, value) => SetFormatted(buffer, index, value, DateFormat)),
        new Writer<TimeOnly>(static (buffer, index, value) =>
            SetFormatted(buffer, index, value, value.Ticks % TimeSpan.TicksPerSecond == 0 ? TimeFormat : TimeWithFractionFormat)),
        new Writer<Half>(static (buffer, index, value) => SetReal(buffer, index, (double)value)),
        new Writer<UInt128>(static (buffer, index, value) => SetFormatted(buffer, index, value, UInt128Format)),
#endif
    }.ToDictionary(writer => writer.Type);

    // For each T the just-in-time compiler drops all branches but one, and nothing is boxed. The first are the commonest.
    public static void Set<T>(ParameterBuffer buffer, int index, T value)
    {
        if (typeof(T) == typeof(long))
        {
            buffer.SetInteger(index, Unsafe.As<T, long>(ref value));
        }
        else if (typeof(T) == typeof(int))
        {
            buffer.SetInteger(index, Unsafe.As<T, int>(ref value));
        }
        else if (typeof(T) == typeof(double))
        {
            SetReal(buffer, index, Unsafe.As<T, double>(ref value));
        }
        else if (typeof(T).IsValueType && WriterOf<T>.Write is { } write)
        {
            write(buffer, index, value);
        }
        else
        {
            SetObject(buffer, index, value);
        }
    }

    private static void SetObject(ParameterBuffer buffer, int index, object? value)
    {
        if (value is null)
        {
            buffer.SetNull(index);
        }
        else if (value is string text)
        {
            buffer.SetText(index, text.AsSpan());
        }
        else if (s_writers.TryGetValue(value.GetType(), out var writer))
        {
            writer.SetObject(buffer, index, value);
        }
        else if (value is Enum number)
        {
            buffer.SetInteger(index, number.GetTypeCode() == TypeCode.UInt64
                ? unchecked((long)Convert.ToUInt64(number, CultureInfo.InvariantCulture))
                : Convert.ToInt64(number, CultureInfo.InvariantCulture));
        }
        else
        {
            SetOther(buffer, index, value);
        }
    }

    private static void SetOther(ParameterBuffer buffer, int index, object value)
    {
#if !NET
        // What this framework does not know, the one it runs on may.
        switch (value.GetType().FullName)
        {
            case "System.Half":
                SetReal(buffer, index, double.Parse(((IFormattable)value).ToString("G17", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
                return;
            case "System.UInt128":
                SetFormatted(buffer, index, (IFormattable)value, UInt128Format);
                return;
            case "System.DateOnly":
                SetFormatted(buffer, index, (IFormattable)value, DateFormat);
                return;
            case "System.TimeOnly":
                var text = ((IFormattable)value).ToString(TimeWithFractionFormat, CultureInfo.InvariantCulture);
                buffer.SetText(index, text.AsSpan(0, text.EndsWith(".0000000", StringComparison.Ordinal) ? text.Length - 8 : text.Length));
                return;
        }

#endif
        throw new ArgumentException($"SQLite has no type for a value of type {value.GetType()}.", nameof(value));
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
    private static void SetGuid(ParameterBuffer buffer, int index, Guid value)
    {
        Span<byte> text = stackalloc byte[36];
        value.TryFormat(text, out _);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= (byte)'a' and <= (byte)'f')
            {
                text[i] -= 'a' - 'A';
            }
        }

        buffer.SetUtf8(index, text);
    }

    private static void SetFormatted<T>(ParameterBuffer buffer, int index, T value, string format)
        where T : IUtf8SpanFormattable => buffer.SetFormatted(index, value, format);
#else
    private static void SetGuid(ParameterBuffer buffer, int index, Guid value) =>
        buffer.SetText(index, value.ToString().ToUpperInvariant().AsSpan());

    private static void SetFormatted<T>(ParameterBuffer buffer, int index, T value, string format)
        where T : IFormattable => buffer.SetText(index, value.ToString(format, CultureInfo.InvariantCulture).AsSpan());
#endif

    /// <summary>How values of one type are stored, when they come boxed.</summary>
    private abstract class Writer(Type type)
    {
        public Type Type => type;

        public abstract void SetObject(ParameterBuffer buffer, int index, object value);
    }

    private sealed class Writer<T>(Action<ParameterBuffer, int, T> write) : Writer(typeof(T))
    {
        public Action<ParameterBuffer, int, T> Write => write;

        public override void SetObject(ParameterBuffer buffer, int index, object value) => write(buffer, index, (T)value);
    }

    /// <summary>How values of a type are stored; null if only each value tells.</summary>
    private static class WriterOf<T>
    {
        public static readonly Action<ParameterBuffer, int, T>? Write =
            typeof(T).IsEnum ? (Action<ParameterBuffer, int, T>)EnumNumber<T>.Set
            : s_writers.TryGetValue(typeof(T), out var writer) ? ((Writer<T>)writer).Write
            : null;
    }

    private static class EnumNumber<T>
    {
        private static readonly TypeCode s_type = Type.GetTypeCode(typeof(T));

        public static void Set(ParameterBuffer buffer, int index, T value) => buffer.SetInteger(index, s_type switch
        {
            TypeCode.SByte => Unsafe.As<T, sbyte>(ref value),
            TypeCode.Byte => Unsafe.As<T, byte>(ref value),
            TypeCode.Int16 => Unsafe.As<T, short>(ref value),
            TypeCode.UInt16 => Unsafe.As<T, ushort>(ref value),
            TypeCode.Int32 => Unsafe.As<T, int>(ref value),
            TypeCode.UInt32 => Unsafe.As<T, uint>(ref value),
            _ => Unsafe.As<T, long>(ref value),
        });
    }
}
