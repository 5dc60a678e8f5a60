namespace SqliteAnalyzers.Torture;

/// <summary>The parts of this program that run in processes of their own.</summary>
internal static class ChildProgram
{
    public const string Verb = "child";

    public static int Run(string[] arguments)
    {
        EndWithParent();
        switch (arguments)
        {
            case [KilledWriter.Name, .. var settings]:
                new KilledWriter(WriterSettings.Parse(settings)).Run();
                return 0;
#if !NETSTANDARD_BUILD
            case [KilledSingleWriter.Name, .. var settings]:
                KilledSingleWriter.Run(SingleWriterSettings.Parse(settings));
                return 0;
#endif
            case [KeyedRival.Name, var path, var firstKey]:
                KeyedRival.Run(path, firstKey);
                return 0;
            case [KilledCopier.Name, .. var settings]:
                KilledCopier.Run(CopySettings.Parse(settings));
                return 0;
            case [GenerationReader.Name, var path]:
                GenerationReader.Run(path);
                return 0;
            case [Rival.Name, var path]:
                Rival.Run(path);
                return 0;
            case [SnapshotReader.Name, var path]:
                SnapshotReader.Run(path);
                return 0;
            case [LockHolder.Name, var path, var locksBy]:
                LockHolder.Run(path, locksBy);
                return 0;
            case [FaultRun.Name, var fault, var folder]:
                FaultRun.Play(fault, folder);
                return 0;
            case [ShareReader.Name, var path, var how, .. var share]:
                ShareReader.Run(path, how, Share.Parse(share));
                return 0;
            case [BusyWriter.Name, var path]:
                BusyWriter.Run(path);
                return 0;
            default:
                Console.Error.WriteLine($"There is no such part: {string.Join(' ', arguments)}");
                return 2;
        }
    }

    // Nobody writes to the standard input. It ends when the process that holds its other end does.
    private static void EndWithParent() => new Thread(() =>
    {
        Console.OpenStandardInput().ReadByte();
        Environment.Exit(1);
    })
    {
        IsBackground = true,
    }.Start();
}
