using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SqliteAnalyzers.Flow;

namespace SqliteAnalyzers.Libraries;

/// <summary>
/// What the calls of one library mean to SQLite. A new library is one class like this and a line in <see cref="LibrarySet"/>.
/// </summary>
/// <remarks>Each method answers null, or false, for what does not belong to the library.</remarks>
internal abstract class Library
{
    /// <summary>Names by one of which a member that uses the library mentions it.</summary>
    public abstract IEnumerable<string> Names { get; }

    /// <summary>Whether a call of the method can raise an event.</summary>
    public abstract bool Owns(IMethodSymbol method);

    /// <summary>Raises the events of a call and tells what it returns.</summary>
    public virtual Value? Invoke(LibraryCall call) => null;

    /// <summary>Tells what an object creation makes.</summary>
    public virtual Value? Create(LibraryCall call) => null;

    public virtual Value? GetProperty(IPropertyReferenceOperation reference, Value? instance, Interpreter machine) => null;

    public virtual bool SetProperty(IPropertyReferenceOperation reference, Value? instance, Value value, Interpreter machine) => false;

    /// <summary>What an object of the type is to the engine, where nobody saw it made.</summary>
    public virtual ObjectKind? KindOf(ITypeSymbol type) => null;
}
