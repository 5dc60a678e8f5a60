namespace System;

/// <summary>The compiler asks for it in list patterns and for <c>^1</c>; netstandard2.0 has none.</summary>
/// <param name="value">Counted from the start, or from the end.</param>
/// <param name="fromEnd">From where.</param>
internal readonly struct Index(int value, bool fromEnd = false)
{
    public static implicit operator Index(int value) => new(value);

    public int GetOffset(int length) => fromEnd ? length - value : value;
}
