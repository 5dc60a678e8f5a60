// What counts as starting a worker process. Every method has written before.
using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using CliWrap;
using CliWrap.Buffered;
using CliWrap.EventStream;
using Medallion.Shell;
using Microsoft.Data.Sqlite;
using MedallionCommand = Medallion.Shell.Command;

namespace ProcessKinds;

internal static class Db
{
    public static void Write()
    {
        using var connection = new SqliteConnection("Data Source=photos.db");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=5000; PRAGMA journal_mode=wal; PRAGMA synchronous=normal; PRAGMA temp_store=memory";
        command.ExecuteNonQuery();
        command.CommandText = "UPDATE photos SET indexed = 0";
        command.ExecuteNonQuery();
    }
}

internal static class Workers
{
    public static void StaticStart()
    {
        Db.Write();
        Process.Start("thumbnailer"); // expect: SQLITE1001
    }

    public static void StaticStartWithArguments()
    {
        Db.Write();
        Process.Start("thumbnailer", "--all"); // expect: SQLITE1001
    }

    public static void StaticStartWithAnArgumentList()
    {
        Db.Write();
        Process.Start("thumbnailer", new[] { "--all", "--fast" }); // expect: SQLITE1001
    }

    public static void StaticStartWithStartInfo()
    {
        Db.Write();
        using var process = Process.Start(new ProcessStartInfo("thumbnailer") { RedirectStandardOutput = true }); // expect: SQLITE1001
        process?.WaitForExit();
    }

    public static void StartInfoWithoutShell()
    {
        Db.Write();
        var info = new ProcessStartInfo { FileName = "thumbnailer", UseShellExecute = false };
        Process.Start(info); // expect: SQLITE1001
    }

    public static void InstanceStart()
    {
        Db.Write();
        using var process = new Process();
        process.StartInfo.FileName = "thumbnailer";
        process.StartInfo.Arguments = "--all";
        process.Start(); // expect: SQLITE1001
        process.WaitForExit();
    }

    public static void ProgramFromAParameter(string program)
    {
        Db.Write();
        Process.Start(program); // expect: SQLITE1005
    }

    public static void ProgramItself()
    {
        Db.Write();
        Process.Start(Environment.ProcessPath!, "--worker 3"); // expect: SQLITE1001
    }

    public static async Task CliWrapExecute()
    {
        Db.Write();
        await Cli.Wrap("thumbnailer").WithArguments("--all").ExecuteAsync(); // expect: SQLITE1001
    }

    public static async Task<string> CliWrapBuffered()
    {
        Db.Write();
        var result = await Cli.Wrap("thumbnailer").ExecuteBufferedAsync(); // expect: SQLITE1001
        return result.StandardOutput;
    }

    public static async Task CliWrapListen()
    {
        Db.Write();
        var command = Cli.Wrap("thumbnailer").WithValidation(CommandResultValidation.None);
        await foreach (var item in command.ListenAsync()) // expect: SQLITE1001
        {
            Console.WriteLine(item);
        }
    }

    public static CliWrap.Command CliWrapOnlyPrepared()
    {
        Db.Write();
        return Cli.Wrap("thumbnailer").WithArguments("--all");
    }

    public static void MedallionRun()
    {
        Db.Write();
        MedallionCommand.Run("thumbnailer", "--all").Wait(); // expect: SQLITE1001
    }

    public static async Task MedallionShellRun()
    {
        Db.Write();
        var shell = new Shell(options => options.ThrowOnError());
        await shell.Run("thumbnailer", "--all").Task; // expect: SQLITE1001
    }
}

internal static class NotWorkers
{
    public static void Url()
    {
        Db.Write();
        Process.Start("https://example.org/help");
    }

    public static void UrlInStartInfo(string page)
    {
        Db.Write();
        Process.Start(new ProcessStartInfo($"https://example.org/{page}"));
    }

    public static void ShellExecute(string file)
    {
        Db.Write();
        Process.Start(new ProcessStartInfo(file) { UseShellExecute = true });
    }

    public static void ShellExecuteSetLater(string file)
    {
        Db.Write();
        var info = new ProcessStartInfo(file);
        info.UseShellExecute = true;
        info.Verb = "open";
        Process.Start(info);
    }

    public static void ShellExecuteOnAnInstance(string file)
    {
        Db.Write();
        using var process = new Process();
        process.StartInfo.FileName = file;
        process.StartInfo.UseShellExecute = true;
        process.Start();
    }

    public static void ShellExecuteInANestedInitializer(string file)
    {
        Db.Write();
        new Process { StartInfo = { FileName = file, UseShellExecute = true } }.Start();
    }

    public static void Explorer(string file)
    {
        Db.Write();
        Process.Start("explorer.exe", $"/select,\"{file}\"");
    }

    public static void ExplorerInStartInfo(string file)
    {
        Db.Write();
        Process.Start(new ProcessStartInfo { FileName = "explorer", Arguments = file });
    }

    public static void Openers(string file)
    {
        Db.Write();
        if (OperatingSystem.IsLinux())
        {
            Process.Start("xdg-open", file);
        }
        else if (OperatingSystem.IsMacOS())
        {
            Process.Start("open", file);
        }
        else
        {
            Process.Start("explorer", file);
        }
    }

    public static void Folder()
    {
        Db.Write();
        Process.Start(@"C:\Photos\");
    }

    public static void SpecialFolder()
    {
        Db.Write();
        Process.Start(Environment.GetFolderPath(Environment.SpecialFolder.MyPictures));
    }

    public static void OtherMembersOfProcess()
    {
        Db.Write();
        foreach (var process in Process.GetProcessesByName("thumbnailer"))
        {
            process.Kill();
        }

        Console.WriteLine(Process.GetCurrentProcess().Id);
    }

    public static void OtherThingsThatStart()
    {
        Db.Write();
        var watch = Stopwatch.StartNew();
        new System.Threading.Thread(() => Console.WriteLine(watch.Elapsed)).Start();
        Task.Factory.StartNew(() => Console.WriteLine("started"));
    }

    public static void ShellExecuteInAHelper(string file)
    {
        Db.Write();
        OpenInBrowser(file);
    }

    private static void OpenInBrowser(string file)
    {
        try
        {
            Process.Start(new ProcessStartInfo { FileName = file, UseShellExecute = true });
        }
        catch (Win32Exception e)
        {
            Console.Error.WriteLine(e.Message);
        }
    }
}
