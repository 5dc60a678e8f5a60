using System.Globalization;
using System.Text;
using SqliteAnalyzers.Fuzz.Mutations;

namespace SqliteAnalyzers.Fuzz.Runs;

/// <summary>Where the mutants that fail are written to, a few of each kind, and the numbers of those that are being examined.</summary>
internal sealed class FailureFolder
{
    private const int MaxOfKind = 5;

    private readonly string _path;
    private readonly int _seed;

    public FailureFolder(string path, int seed)
    {
        (_path, _seed) = (Directory.CreateDirectory(path).FullName, seed);
    }

    /// <summary>Remembers a mutant in case the process does not survive it; null forgets it.</summary>
    public void Remember(int worker, int? number)
    {
        var file = Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"running-{worker}.txt"));
        if (number is { } running)
        {
            File.WriteAllText(file, Command(running));
        }
        else
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes the mutant, if there are not enough that fail for the same reason.</summary>
    public void Save(Failure failure, int sameBefore)
    {
        if (sameBefore >= MaxOfKind)
        {
            return;
        }

        var text = new StringBuilder()
            .Append("// ").Append(failure.Mutant).Append('\n')
            .Append("// ").Append(Command(failure.Number)).Append('\n')
            .Append(string.Concat(failure.Verdict.Text.Split('\n').Select(line => $"// {line.TrimEnd()}\n")));
        foreach (var file in failure.Mutant.ToProgram().Files)
        {
            text.Append("// ---- ").Append(file.Name).Append('\n').Append(file.Text).Append('\n');
        }

        File.WriteAllText(
            Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"{failure.Number:000000}-{failure.Verdict.Kind}.cs")), text.ToString());
    }

    private string Command(int number) => string.Create(CultureInfo.InvariantCulture, $"--seed {_seed} --first {number} --count 1");
}
