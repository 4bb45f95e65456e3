(module
  (import "host" "memory" (memory 1))
  ;; sum of weight * value over the entries in [at, end): each an i32 address of an f64 weight, then an f32 value
  (func (export "dot") (param $at i32) (param $end i32) (result f64)
    (local $even f64) (local $odd f64) (local $last i32)
    (local.set $last (i32.sub (local.get $end) (i32.const 8)))
    (block $pairsDone
      (loop $pairs
        (br_if $pairsDone (i32.ge_u (local.get $at) (local.get $last)))
        (local.set $even (f64.add (local.get $even) (f64.mul
          (f64.load (i32.load (local.get $at)))
          (f64.promote_f32 (f32.load offset=4 (local.get $at))))))
        (local.set $odd (f64.add (local.get $odd) (f64.mul
          (f64.load (i32.load offset=8 (local.get $at)))
          (f64.promote_f32 (f32.load offset=12 (local.get $at))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $pairs)))
    (if (i32.lt_u (local.get $at) (local.get $end))
      (then (local.set $even (f64.add (local.get $even) (f64.mul
        (f64.load (i32.load (local.get $at)))
        (f64.promote_f32 (f32.load offset=4 (local.get $at))))))))
    (f64.add (local.get $even) (local.get $odd)))
  ;; weight += change * value over the entries in [at, end)
  (func (export "add") (param $at i32) (param $end i32) (param $change f64)
    (local $address i32)
    (block $done
      (loop $entries
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $address (i32.load (local.get $at)))
        (f64.store (local.get $address) (f64.add (f64.load (local.get $address))
          (f64.mul (local.get $change) (f64.promote_f32 (f32.load offset=4 (local.get $at))))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br $entries)))))
