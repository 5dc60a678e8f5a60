namespace System.Runtime.CompilerServices;

/// <summary>The compiler asks for it where a setter is <c>init</c>; netstandard2.0 has none.</summary>
internal static class IsExternalInit;
