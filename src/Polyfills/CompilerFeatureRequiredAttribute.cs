namespace System.Runtime.CompilerServices;

/// <summary>The compiler marks with it what only a newer compiler understands, like constructors of types with required members; netstandard2.0 has none.</summary>
/// <param name="featureName">The feature, by its name in the compiler.</param>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    public string FeatureName => featureName;
}
